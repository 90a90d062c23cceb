package io.inferometer.corpus.dataset;

import io.inferometer.corpus.CorpusPrompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads prompts that are lines. Blank lines count, and are passed over. */
final class PromptLines extends PromptReader {
    /** Room for a prompt of a million tokens; a file without line ends is told apart from one before it fills memory. */
    static final int LONGEST = 16 << 20;

    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean ended;

    /** @param name of the file, for messages */
    PromptLines(InputStream bytes, String name) {
        super(name);
        this.bytes = bytes;
    }

    @Override
    Optional<CorpusPrompt> read() throws IOException {
        while (!ended) {
            ended = !readLine();
            String text = text();
            if (!text.isBlank()) {
                return Optional.of(CorpusPrompt.of(text));
            }
        }
        return Optional.empty();
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
                throw bad(number, "it is longer than " + (LONGEST >> 20) + " MiB; a prompt file has one prompt a line");
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
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw bad(number, "it is not UTF-8");
        }
    }
}
