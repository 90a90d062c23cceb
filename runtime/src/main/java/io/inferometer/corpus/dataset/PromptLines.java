package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferometer.corpus.CorpusPrompt;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/** Reads prompts off the lines of a file, one at a time. Empty lines count, and are passed over. */
final class PromptLines implements Iterator<CorpusPrompt>, Closeable {
    /** Room for a prompt of a million tokens; a file without line ends is told apart from one before it fills memory. */
    static final int LONGEST = 16 << 20;

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final InputStream bytes;
    private final String name;
    private final boolean json;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private CorpusPrompt next;
    private boolean ended;

    /**
     * @param name of the file, for messages
     * @param json whether each line is a JSON object; else it is the prompt itself
     */
    PromptLines(InputStream bytes, String name, boolean json) {
        this.bytes = new BufferedInputStream(bytes, 1 << 16);
        this.name = name;
        this.json = json;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !ended) {
                ended = !readLine();
                String text = text();
                if (!text.isBlank()) {
                    next = json ? parse(text) : CorpusPrompt.of(text);
                }
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CorpusPrompt next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more prompts in " + name);
        }
        CorpusPrompt prompt = next;
        next = null;
        return prompt;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** False at the end of the file; the line may hold what stands behind the last line end. */
    private boolean readLine() throws IOException {
        number++;
        line.reset();
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            if (b == '\n') {
                return true;
            }
            if (line.size() == LONGEST) {
                throw bad("it is longer than " + (LONGEST >> 20) + " MiB; a prompt file has one prompt a line");
            }
            line.write(b);
        }
        return false;
    }

    private String text() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            int from = number == 1 && text.startsWith("\ufeff") ? 1 : 0;
            int to = text.endsWith("\r") ? text.length() - 1 : text.length();
            return text.substring(from, Math.max(from, to));
        } catch (CharacterCodingException e) {
            throw bad("it is not UTF-8");
        }
    }

    private CorpusPrompt parse(String text) throws IOException {
        JsonNode object;
        try {
            object = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw bad("it is not JSON: " + e.getOriginalMessage());
        }
        if (!object.isObject()) {
            throw bad("it is not a JSON object");
        }
        return new CorpusPrompt(
                prompt(object),
                number(object, "tokens", 1),
                number(object, "prefix_tokens", 0),
                number(object, "output_tokens", 1));
    }

    private String prompt(JsonNode object) {
        if (object.has("text") && object.has("prompt")) {
            throw bad("it has both 'text' and 'prompt'");
        }
        String field = object.has("prompt") ? "prompt" : "text";
        JsonNode prompt = object.get(field);
        if (prompt == null) {
            throw bad("it has neither 'text' nor 'prompt'");
        }
        if (!prompt.isTextual()) {
            throw bad("its '" + field + "' is not a string");
        }
        if (prompt.textValue().isEmpty()) {
            throw bad("its '" + field + "' is empty");
        }
        return prompt.textValue();
    }

    private OptionalInt number(JsonNode object, String field, int least) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw bad("its '" + field + "' is " + value + ", not a whole number from " + least);
        }
        return OptionalInt.of(value.intValue());
    }

    private IllegalArgumentException bad(String reason) {
        return new IllegalArgumentException(name + ", line " + number + ": " + reason);
    }
}
