package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.dataset.TextBytes;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.json.BadEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of sessions, read one after the other, so that most formats may be longer than memory; those whose sessions name
 * each other, or lie apart, are read whole. For one thread.
 */
public final class TalkFile implements Closeable {
    private final String name;
    private final InputStream bytes;
    private final TalkReader reader;
    private final boolean skipBadLines;
    private long read;
    private long skipped;
    private String firstSkipped = "";

    private TalkFile(String name, InputStream bytes, TalkReader reader, boolean skipBadLines) {
        this.name = name;
        this.bytes = bytes;
        this.reader = reader;
        this.skipBadLines = skipBadLines;
    }

    /**
     * Opens a file.
     *
     * @throws IllegalArgumentException if there is no such file, or it is no text; the message says what to do
     * @throws IOException if it can't be read
     */
    public static TalkFile open(Path file, TalkSettings settings) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file
                    + (Files.isDirectory(file)
                            ? " is a directory, not a file of conversations"
                            : Files.exists(file) ? " can't be read: permission denied" : ": there is no such file"));
        }
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = TextBytes.of(file.toString(), bytes);
            return new TalkFile(
                    file.toString(), text, settings.format().reader(text, settings), settings.skipBadLines());
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * The next session; empty at the end of the file.
     *
     * @throws IllegalArgumentException if there is none to be made of what comes next, unless such are passed over, or if
     *     the file holds none at all; the message names file, line, key and reason
     */
    public Optional<RecordedSession> next() throws IOException {
        while (true) {
            try {
                Optional<RecordedSession> session = reader.next();
                if (session.isEmpty() && read == 0) {
                    throw new IllegalArgumentException(name + " holds no conversations" + none());
                }
                read++;
                return session;
            } catch (BadEntry e) {
                String what = name + ", line " + e.line() + ": " + e.getMessage();
                if (!skipBadLines) {
                    throw new IllegalArgumentException(what);
                }
                skipped++;
                firstSkipped = skipped == 1 ? what : firstSkipped;
            }
        }
    }

    /** How many entries were passed over so far since nobody asks anything in them. */
    public long silent() {
        return reader.passedOver();
    }

    /** What was passed over so far although it is wrong, in a sentence; empty if nothing was. */
    public String skipped() {
        return skipped == 0
                ? ""
                : skipped + (skipped == 1 ? " entry" : " entries") + " of " + name + " can't be read and "
                        + (skipped == 1 ? "was" : "were") + " passed over: " + firstSkipped;
    }

    private String none() {
        if (skipped > 0) {
            return ": " + skipped();
        }
        return reader.passedOver() == 0
                ? ""
                : ": in none of its " + reader.passedOver() + " entries anybody is asked anything";
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
