package io.inferometer.harness.fork;

import io.inferometer.harness.member.Part;
import io.inferometer.record.journal.part.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a member writes into a file, as it writes it: reading waits for more until the JVM of its part has ended. */
final class FollowedFile extends InputStream {
    private static final Duration WAIT = Duration.ofMillis(25);

    private final Path path;
    private final Part part;
    private InputStream file;

    /** @param path of a journal, or a part of one; need not exist yet, nor ever */
    FollowedFile(Path path, Part part) {
        this.path = path;
        this.part = part;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            // Looked at first: what it wrote before its end is then in the file.
            boolean ended = ended(Duration.ZERO);
            if (file == null && Files.exists(Parts.found(path))) {
                file = Parts.open(path);
            }
            int read = file == null ? -1 : file.read(bytes, offset, length);
            if (read > 0) {
                return read;
            }
            if (ended) {
                return -1;
            }
            ended(WAIT);
        }
    }

    private boolean ended(Duration atMost) throws InterruptedIOException {
        try {
            return part.ended(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a fork was running");
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
