package io.inferometer.record.journal.part;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a file into its terminated lines; one line at a time is in memory, and none longer than the limit. */
public final class JournalLines {
    private static final int READ_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxBytes;
    private byte[] buffer = new byte[READ_BYTES];
    private int filled;
    private int lineStart;
    private int lineEnd = -1;

    /** @param maxBytes the longest line, its terminator not counted */
    public JournalLines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Moves to the next line; false where there is no other line with a terminator. */
    public boolean next() throws IOException {
        lineStart = lineEnd + 1;
        int scanned = lineStart;
        while (true) {
            for (; scanned < filled; scanned++) {
                if (buffer[scanned] == '\n') {
                    lineEnd = scanned;
                    checkLength(lineEnd);
                    return true;
                }
            }
            checkLength(filled);
            makeRoom();
            scanned = filled;
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
    }

    /** Whether, at the end, there were bytes after the last terminator. */
    public boolean torn() {
        return filled > lineStart;
    }

    public byte[] bytes() {
        return buffer;
    }

    public int start() {
        return lineStart;
    }

    public int length() {
        return lineEnd - lineStart;
    }

    private void checkLength(int end) throws IOException {
        if (end - lineStart > maxBytes) {
            throw new IOException("it is longer than " + maxBytes + " bytes");
        }
    }

    private void makeRoom() {
        if (lineStart > 0) {
            System.arraycopy(buffer, lineStart, buffer, 0, filled - lineStart);
            filled -= lineStart;
            lineStart = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }
}
