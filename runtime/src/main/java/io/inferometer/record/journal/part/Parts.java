package io.inferometer.record.journal.part;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The names of a journal's parts, {@code x.jsonl.1} and on, and what is beside each: packed, it has {@code .gz} behind it. */
public final class Parts {
    private static final int CHUNK_BYTES = 64 << 10;

    private Parts() {}

    /** The first part from a number on of whose names none is taken: nobody's file is written over. */
    static int free(Path journal, int from) {
        int number = from;
        while (Files.exists(of(journal, number))
                || Files.exists(packed(of(journal, number)))
                || Files.exists(packing(of(journal, number)))) {
            number++;
        }
        return number;
    }

    /** A part of a journal. */
    static Path of(Path journal, int number) {
        return journal.resolveSibling(journal.getFileName() + "." + number);
    }

    /** Whether a file's name is that of a part of a journal. */
    public static boolean isOf(Path journal, Path part) {
        String own = journal.getFileName() + ".";
        String name = part.getFileName().toString();
        return name.startsWith(own) && name.substring(own.length()).matches("[0-9]+");
    }

    /** What a part is called once it is packed. */
    public static Path packed(Path part) {
        return part.resolveSibling(part.getFileName() + ".gz");
    }

    /** What a part is called while it is packed. */
    public static Path packing(Path part) {
        return part.resolveSibling(part.getFileName() + ".gz.tmp");
    }

    /** The file that holds a part: as it was written as long as that is there, which is as long as it may not be packed whole. */
    public static Path found(Path part) {
        return Files.notExists(part) && Files.exists(packed(part)) ? packed(part) : part;
    }

    /**
     * Opens a part, packed or not.
     *
     * @throws NoSuchFileException where it is neither
     */
    public static InputStream open(Path part) throws IOException {
        try {
            return Files.newInputStream(part);
        } catch (NoSuchFileException e) {
            return new GZIPInputStream(Files.newInputStream(packed(part)), CHUNK_BYTES);
        }
    }

    /** A new file that packs what is written to it. */
    public static OutputStream write(Path packing) throws IOException {
        return new Packing(Files.newOutputStream(packing, StandardOpenOption.CREATE_NEW));
    }

    /** Looks for no short repetitions: those of digits, of which most of a line is, cost more than the digits themselves. */
    private static final class Packing extends GZIPOutputStream {
        Packing(OutputStream out) throws IOException {
            super(out, CHUNK_BYTES);
            def.setStrategy(Deflater.FILTERED);
        }
    }

    /** Deletes a part, and what is left of packing it. */
    public static void delete(Path part) throws IOException {
        Files.deleteIfExists(packing(part));
        Files.deleteIfExists(packed(part));
        Files.deleteIfExists(part);
    }
}
