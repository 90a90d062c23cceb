package io.inferometer.harness.member;

import io.inferometer.record.journal.part.Parts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a journal while it is written, with those of its parts, to be written again elsewhere under the same names:
 * what the journal says of a part is never told before the part. For one thread.
 */
public final class GrowingJournal implements Closeable {
    private static final int CHUNK_BYTES = 256 << 10;

    private final Path journal;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private FileChannel own;
    private InputStream part;
    private long told;
    private int number;

    /** Takes the bytes. */
    @FunctionalInterface
    public interface Target {
        /**
         * @param ending what stands behind the journal's name in that of the file: nothing for the journal itself
         * @param bytes what follows there; used again afterwards
         * @param length how many of them
         * @throws IOException if they can't be taken
         */
        void write(String ending, byte[] bytes, int length) throws IOException;
    }

    /** @param journal need not exist yet */
    public GrowingJournal(Path journal) {
        this.journal = journal;
    }

    /**
     * Tells what has been written since the last time.
     *
     * @param target takes what is new, the parts before the journal's own lines behind them
     * @return whether that was anything
     * @throws IOException if a file can't be read, or the target can't take it
     */
    public boolean tell(Target target) throws IOException {
        if (own == null) {
            if (Files.notExists(journal)) {
                return false;
            }
            own = FileChannel.open(journal);
        }
        // Of the file that is open: one of a run that did nothing is deleted when it ends.
        long length = own.size();
        boolean any = tellParts(target);
        while (told < length) {
            int read = own.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, length - told)));
            if (read < 0) {
                break;
            }
            target.write("", chunk, read);
            told += read;
            any = true;
        }
        return any;
    }

    private boolean tellParts(Target target) throws IOException {
        boolean any = false;
        while (true) {
            // Looked at first: what a part has by then is all that it will have.
            boolean following = Files.exists(Parts.found(named(number + 1)));
            if (part != null) {
                String ending = "." + number;
                for (int read = part.read(chunk); read > 0; read = part.read(chunk)) {
                    target.write(ending, chunk, read);
                    any = true;
                }
            }
            if (!following) {
                return any;
            }
            close(part);
            number++;
            part = Parts.open(named(number));
        }
    }

    private Path named(int part) {
        return journal.resolveSibling(journal.getFileName() + "." + part);
    }

    private static void close(Closeable stream) throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public void close() throws IOException {
        close(own);
        close(part);
    }
}
