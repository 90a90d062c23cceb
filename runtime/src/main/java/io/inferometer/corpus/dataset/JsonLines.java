package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a file of JSON lines, an object each, as they are asked for. Blank lines count, and are passed over; behind a line that
 * can't be read the next one can be asked for. For one thread.
 */
public final class JsonLines implements Closeable {
    private static final int LONGEST = 64 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String name;
    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean ended;

    /**
     * Opens a file.
     *
     * @param file a text of JSON objects, one after the other or in one array
     * @throws IllegalArgumentException if there is no such file, or if it is no text
     * @throws IOException if it can't be opened
     */
    public JsonLines(Path file) throws IOException {
        name = file.toString();
        bytes = open(file);
    }

    /**
     * The text of a file, from behind its mark.
     *
     * @throws IllegalArgumentException if there is no such file, or if it is no text; the message says what to do
     */
    static InputStream open(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file
                    + (Files.isDirectory(file)
                            ? " is a directory, not a file"
                            : Files.exists(file) ? " can't be read: permission denied" : ": there is no such file"));
        }
        InputStream bytes = Files.newInputStream(file);
        try {
            return TextBytes.of(file.toString(), bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * {@return the next line; empty at the end of the file}
     *
     * @throws BadLine if it is no JSON object
     * @throws IOException if it can't be read
     */
    public Optional<JsonLine> next() throws IOException {
        while (!ended) {
            ended = !readLine();
            String text = text();
            if (!text.isBlank()) {
                return Optional.of(new JsonLine(name, number, object(text)));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw bad("it is not a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            String told = e.getOriginalMessage();
            boolean cut = told.startsWith("Unexpected end-of-input");
            throw bad(
                    cut && ended
                            ? "the file ends within it: it is not whole JSON"
                            : "it is not JSON: "
                                    + (cut ? "it ends too early" : told.replaceFirst(" \\(start marker at .*", "")));
        }
    }

    /** False at the end of the file; the line may hold what stands behind the last line end. */
    private boolean readLine() throws IOException {
        number++;
        line.reset();
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            if (b == '\n') {
                return true;
            }
            if (line.size() < LONGEST) {
                line.write(b);
            } else {
                ended = !passOver();
                throw bad("it is longer than " + (LONGEST >> 20) + " MiB; a file of JSON lines has an object a line");
            }
        }
        return false;
    }

    /** Goes on behind the line; false at the end of the file. */
    private boolean passOver() throws IOException {
        line.reset();
        int b = bytes.read();
        while (b >= 0 && b != '\n') {
            b = bytes.read();
        }
        return b >= 0;
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("it is not UTF-8");
        }
    }

    private BadLine bad(String reason) {
        return new BadLine(name, number, reason);
    }
}
