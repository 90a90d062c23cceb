package io.inferometer.endpoint.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file a line at a time; of one that is longer than a bound only that it is. */
final class JsonLines implements Closeable {
    static final int LONGEST = 64 << 20;

    private final InputStream in;
    private Line line = new Line();
    private long number;
    private boolean last;

    JsonLines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** Moves to the next line; false where there is none. */
    boolean next() throws IOException {
        if (last) {
            return false;
        }
        if (line.size() > 1 << 20) {
            line = new Line();
        }
        line.clear();
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.add(next);
        }
        last = next < 0;
        number++;
        return !last || line.length > 0;
    }

    /** Its number, from 1. */
    long number() {
        return number;
    }

    /** How long it is, without its end. */
    long length() {
        return line.length;
    }

    /** Whether it has more bytes than are kept. */
    boolean tooLong() {
        return line.length > LONGEST;
    }

    boolean blank() {
        return !tooLong() && line.blank();
    }

    byte[] bytes() {
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The bytes of a line. */
    private static final class Line extends ByteArrayOutputStream {
        private long length;

        void clear() {
            reset();
            length = 0;
        }

        void add(int b) {
            length++;
            if (length <= LONGEST) {
                write(b);
            }
        }

        boolean blank() {
            for (int i = 0; i < count; i++) {
                if (buf[i] > ' ' || buf[i] < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
