package io.inferometer.record.journal.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of a journal, marked as one that is written. */
public final class JournalFile implements WritableByteChannel {
    private final Path path;
    private final FileChannel channel;
    private final boolean marked;

    /** @param options among them those of writing, and of reading for what is to be saved */
    public JournalFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, options);
        marked = lock(channel);
    }

    /** The file, emptied if it exists; one that is still written stays as it is. */
    public static JournalFile replacing(Path path) throws IOException {
        JournalFile file =
                new JournalFile(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        if (!file.marked) {
            file.close();
            throw new IOException("a run that is still going on writes it; end that one first, or name another with"
                    + " --journal FILE");
        }
        file.channel.truncate(0);
        return file;
    }

    /**
     * Marks the file as one that is written to until the channel is closed, or the process ends in whatever way. What is
     * locked is a byte far behind any file's end, so that all can read it.
     *
     * @return whether nobody else has marked it; true also where the file system knows no locks
     */
    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether some process writes to the journal of a path. */
    public static boolean written(Path path) throws IOException {
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return !lock(other);
        }
    }

    /** Goes to the end, where what is written next is added. */
    public void toEnd() throws IOException {
        channel.position(channel.size());
    }

    /** What is in the file, from its beginning on; where it is written does not move. */
    public InputStream content() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
                position += Math.max(0, count);
                return count;
            }
        };
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
