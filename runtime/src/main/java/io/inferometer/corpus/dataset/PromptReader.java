package io.inferometer.corpus.dataset;

import io.inferometer.corpus.CorpusPrompt;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads prompts off a file, one at a time, and names the line of what is none. */
abstract class PromptReader implements Iterator<CorpusPrompt>, Closeable {
    private final String name;
    private Optional<CorpusPrompt> next = Optional.empty();

    /** @param name of the file, for messages */
    PromptReader(String name) {
        this.name = name;
    }

    /**
     * What reads a file of this name. By its first bytes, one that is no text is refused.
     *
     * @param bytes from the file's beginning; closed by the reader
     * @throws IllegalArgumentException if such files are not read; the message says what to do
     */
    static PromptReader of(String name, InputStream bytes) throws IOException {
        InputStream text = TextBytes.of(name, bytes);
        String known = name.toLowerCase(Locale.ROOT);
        if (known.endsWith(".jsonl") || known.endsWith(".ndjson") || known.endsWith(".json")) {
            return new JsonPrompts(text, name);
        }
        if (known.endsWith(".csv") || known.endsWith(".tsv")) {
            return new CsvPrompts(text, name);
        }
        return new PromptLines(text, name);
    }

    /** The next prompt; empty at the end of the file. */
    abstract Optional<CorpusPrompt> read() throws IOException;

    /** How many entries were passed over so far because nobody asks anything in them. */
    int silent() {
        return 0;
    }

    @Override
    public boolean hasNext() {
        try {
            if (next.isEmpty()) {
                next = read();
            }
            return next.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CorpusPrompt next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more prompts in " + name);
        }
        CorpusPrompt prompt = next.orElseThrow();
        next = Optional.empty();
        return prompt;
    }

    /** What is wrong with a line, which counts from 1. */
    IllegalArgumentException bad(long line, String reason) {
        return new IllegalArgumentException(name + ", line " + line + ": " + reason);
    }

    /** What is wrong with the whole file. */
    IllegalArgumentException bad(String reason) {
        return new IllegalArgumentException(name + reason);
    }
}
