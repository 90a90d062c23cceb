package io.inferometer.record.journal.part;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The file of a journal, which goes on in parts once it is long: they begin as it does, and it says which comes next. What
 * is written at once is never divided. Parts that are closed are packed.
 *
 * <p>The system lets a program write to a file that has been deleted, and keeps what it wrote until the program ends: here the
 * write that finds the file gone puts everything into another file, and fails.
 */
public final class PartedFile implements WritableByteChannel {
    /** How long the file, and each part, may become. */
    public static final long USUAL_BYTES = 64 << 20;

    private final Path path;
    private final JournalFile file;
    private final Seams seams;
    private final long bytes;
    private int number;
    private Path part;
    private FileChannel partFile;
    private long written;
    private boolean inParts = true;
    private PartPress press;

    /**
     * What is written where one part ends and the next begins, each a line or some.
     *
     * @param head what the file and each part begin with
     * @param next says, in the file, that a part of that name comes next
     * @param tail what each part ends with
     */
    public record Seams(byte[] head, Function<String, byte[]> next, byte[] tail) {}

    /**
     * @param file that of the path
     * @param bytes how long it, and each part, may become
     */
    public PartedFile(Path path, JournalFile file, Seams seams, long bytes) throws IOException {
        this.path = path;
        this.file = file;
        this.seams = seams;
        this.bytes = bytes;
        written = file.size();
    }

    @Override
    public int write(ByteBuffer lines) throws IOException {
        int count = lines.remaining();
        if (inParts && written > seams.head().length && written + count > bytes) {
            next();
        }
        if (Files.notExists(path)) {
            throw gone("the journal " + path, lines);
        }
        if (part == null) {
            file.write(lines);
        } else {
            if (Files.notExists(part)) {
                throw gone("the part " + part + " of the journal", lines);
            }
            all(partFile, lines);
        }
        written += count;
        return count;
    }

    /** The failure of a write whose file is gone; its reason is a whole message. */
    private NoSuchFileException gone(String what, ByteBuffer last) {
        String message = what + " has been deleted or moved while it was written; ";
        try {
            Path saved = Files.createTempFile("inferometer-", ".journal.jsonl");
            int lost;
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(saved))) {
                lost = save(to);
                Channels.newChannel(to).write(last);
            }
            message += (lost == 0 ? "what it held" : "parts of it are gone too, " + lost + "; what else it held")
                    + " is in another file: report " + saved;
        } catch (IOException e) {
            message += "what it held could not be saved: " + e.getMessage();
        }
        return new NoSuchFileException(path.toString(), null, message);
    }

    /**
     * Writes what can still be read of the file: its parts stay where they are, but for the one that is being written.
     *
     * @return how many parts are gone
     */
    private int save(OutputStream to) throws IOException {
        Map<String, Path> parts = new HashMap<>();
        for (int i = 1; i <= number; i++) {
            parts.put(next(Parts.of(path, i).getFileName()), Parts.of(path, i));
        }
        int lost = 0;
        JournalLines lines = new JournalLines(file.content(), Integer.MAX_VALUE);
        while (lines.next()) {
            String line = new String(lines.bytes(), lines.start(), lines.length() + 1, StandardCharsets.US_ASCII);
            Path of = parts.get(line);
            if (of == null) {
                to.write(lines.bytes(), lines.start(), lines.length() + 1);
            } else if (of.equals(part)) {
                partFile.position(seams.head().length);
                Channels.newInputStream(partFile).transferTo(to);
            } else if (Files.exists(Parts.found(of))) {
                to.write(next(of.toAbsolutePath()).getBytes(StandardCharsets.US_ASCII));
            } else {
                lost++;
            }
        }
        return lost;
    }

    private String next(Path name) {
        return new String(seams.next().apply(name.toString()), StandardCharsets.US_ASCII);
    }

    private void next() throws IOException {
        number = Parts.free(path, number + 1);
        Path following = Parts.of(path, number);
        FileChannel opened = FileChannel.open(
                following, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            all(opened, ByteBuffer.wrap(seams.head()));
            endPart();
            file.write(
                    ByteBuffer.wrap(seams.next().apply(following.getFileName().toString())));
        } catch (IOException e) {
            try (opened) {
                Files.deleteIfExists(following);
            }
            throw e;
        }
        part = following;
        partFile = opened;
        written = seams.head().length;
    }

    private void endPart() throws IOException {
        if (part == null) {
            return;
        }
        all(partFile, ByteBuffer.wrap(seams.tail()));
        partFile.close();
        if (press == null) {
            press = new PartPress();
        }
        press.add(part);
        part = null;
    }

    private static void all(FileChannel to, ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            to.write(from);
        }
    }

    /** Ends the last part: what is written from now on is in the file itself. */
    public void end() throws IOException {
        endPart();
        inParts = false;
    }

    /** What is in the file itself, from its beginning on. */
    public InputStream content() {
        return file.content();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    /** Waits until what is closed is packed, and closes the file. A part that was not ended has no tail. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (part != null) {
                partFile.close();
            }
            if (press != null) {
                press.close();
            }
        }
    }
}
