package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.JournalFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Collects lines and writes them 64 KiB at a time; the first write that fails is the last. */
final class LineWriter {
    private static final int WRITE_BYTES = 64 << 10;

    private final String name;
    private final WritableByteChannel file;
    private final String remedy;
    private final LineBuffer line = new LineBuffer();
    private final LineBuffer pending = new LineBuffer();
    private final JsonGenerator json = JournalFormat.generator(line);
    private UncheckedIOException failure;

    /**
     * @param name what the file is called in messages
     * @param remedy what to do when it can't be written any more, behind what has happened
     */
    LineWriter(String name, WritableByteChannel file, String remedy) {
        this.name = name;
        this.file = file;
        this.remedy = remedy;
    }

    /** A line by itself, with its terminator. */
    static byte[] bytes(Line what) {
        LineWriter writer = new LineWriter("nowhere", Channels.newChannel(OutputStream.nullOutputStream()), "");
        writer.make(what);
        return writer.line.toByteArray();
    }

    /** Adds a line. */
    void add(Line what) {
        make(what);
        commit();
    }

    /** Adds a request. A text that would make its line too long to be read is left out. */
    void add(RequestLine request) {
        make(request);
        if (line.size() > JournalFormat.MAX_LINE_BYTES) {
            make(request.cut());
        }
        commit();
    }

    /** Makes a line in memory, so that a value that can't be written leaves no half of it in the file. */
    private void make(Line what) {
        throwFailure();
        line.reset();
        try {
            json.writeStartObject();
            json.writeStringField("type", what.type());
            what.write(json);
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the journal " + name + ": " + reason(e), e);
        }
        line.write('\n');
    }

    private void commit() {
        pending.append(line);
        if (pending.size() >= WRITE_BYTES) {
            flush();
        }
    }

    /** Hands everything added so far to the operating system. */
    void flush() {
        throwFailure();
        ByteBuffer bytes = pending.bytes();
        write(() -> {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        });
        pending.reset();
    }

    /** Writes what was added, and ends the part of the journal that it belongs to. */
    void endPart(Writing end) {
        flush();
        write(end);
    }

    /** Something that writes. */
    interface Writing {
        void write() throws IOException;
    }

    private void write(Writing what) {
        try {
            what.write();
        } catch (IOException e) {
            failure = new UncheckedIOException(
                    e instanceof NoSuchFileException
                            ? reason(e)
                            : "can't write the journal " + name + ": " + reason(e) + remedy,
                    e);
            throw failure;
        }
    }

    /** Closes the file, and before it writes what was added unless a write has failed. */
    void close() {
        try (file) {
            if (!failed()) {
                flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't close the journal " + name + ": " + reason(e), e);
        }
    }

    /** Whether a write has failed. */
    boolean failed() {
        return failure != null;
    }

    private void throwFailure() {
        if (failed()) {
            throw failure;
        }
    }

    /** Why something can't be done with a file, in words that follow its name. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /** Bytes that can be handed on without a copy. */
    private static final class LineBuffer extends ByteArrayOutputStream {
        LineBuffer() {
            super(WRITE_BYTES);
        }

        void append(LineBuffer other) {
            write(other.buf, 0, other.count);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
