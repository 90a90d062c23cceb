package io.inferometer.record.journal.part;

import io.inferometer.record.ThreadEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Packs closed parts on a thread of its own. A part stays as it is until its packed form is whole, and where it can't be
 * packed: it is read either way.
 *
 * <p>Packing is not to be seen in what is measured meanwhile: the thread is of the least priority, and rests nine times as
 * long as it works unless further parts wait.
 */
final class PartPress {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int REST = 9;
    private static final Path NO_MORE = Path.of("");

    private final BlockingQueue<Path> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "inferometer-journal-parts");

    PartPress() {
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Packs a part, which nobody writes any more, by and by. */
    void add(Path part) {
        waiting.add(part);
    }

    private void work() {
        try {
            for (Path part = waiting.take(); part != NO_MORE; part = waiting.take()) {
                pack(part);
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to; parts may stay as they are.
        }
    }

    private void pack(Path part) throws InterruptedException {
        Path packing = Parts.packing(part);
        try {
            try (InputStream in = Files.newInputStream(part);
                    OutputStream out = Parts.write(packing)) {
                byte[] chunk = new byte[CHUNK_BYTES];
                long began = System.nanoTime();
                for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                    out.write(chunk, 0, read);
                    rest(System.nanoTime() - began);
                    began = System.nanoTime();
                }
            }
            Files.move(packing, Parts.packed(part));
            Files.delete(part);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(packing);
            } catch (IOException more) {
                // The part itself is whole.
            }
        }
    }

    private void rest(long worked) throws InterruptedException {
        if (waiting.isEmpty()) {
            closing.await(REST * worked, TimeUnit.NANOSECONDS);
        }
    }

    /** Waits until all parts are packed. */
    void close() {
        waiting.add(NO_MORE);
        closing.countDown();
        ThreadEnd.await(thread);
    }
}
