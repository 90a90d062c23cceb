package io.inferometer.harness.fork;

import io.inferometer.record.journal.part.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a process writes into a file, as it writes it: reading waits for more until the process has ended. */
final class FollowedFile extends InputStream {
    private static final long WAIT_MILLIS = 250;

    private final Path path;
    private final Process process;
    private InputStream file;

    /** @param path of a journal, or a part of one; need not exist yet, nor ever */
    FollowedFile(Path path, Process process) {
        this.path = path;
        this.process = process;
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
            boolean ended = !process.isAlive();
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
            await();
        }
    }

    private void await() throws InterruptedIOException {
        try {
            process.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS);
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
