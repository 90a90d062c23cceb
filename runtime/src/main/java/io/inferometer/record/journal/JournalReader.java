package io.inferometer.record.journal;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.part.Parts;
import io.inferometer.record.server.ServerRecord;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Reads a journal line by line; never more than one line is in memory, besides requests whose check comes later.
 *
 * <p>Fields and types of lines that are not known are skipped: a later version may have added them without changing the
 * meaning of the rest. A last line without its terminator was torn by the end of the process and is left out. Parts are read
 * where the journal says that they come, packed or not.
 */
public final class JournalReader {
    private final FileLines file;
    private final Opening opening;
    private Map<String, Object> run = Map.of();
    /** The part whose lines come next; null where they are the file's own. */
    private FileLines part;

    /** The part that was read last, which has no closing line: nothing may follow it. */
    private FileLines cut;

    /** What the line that was moved to says; null where it is of a kind that is not known. */
    private Line line;

    private JournalReader(FileLines file, Opening opening) {
        this.file = file;
        this.opening = opening;
    }

    /** Opens the file of a journal, or of a part of one, which may be packed. */
    @FunctionalInterface
    public interface Opening {
        /** Opens it; throws an exception whose message names it where that can't be. */
        InputStream open(Path path) throws IOException;
    }

    /** Is told what the lines say, in their order. */
    public interface Visitor {
        /** The run's description, as it was given to {@link Journal#create}. Comes first, once. */
        void header(Map<String, Object> run);

        /** An iteration started. */
        default void iterationStarted(IterationSpan span) {}

        /**
         * An iteration ended.
         *
         * @param health how the client was meanwhile, as it was given to {@link Journal#iterationEnded}; empty where
         *     nobody looked
         */
        default void iterationEnded(IterationSpan span, Map<String, Object> health) {}

        /**
         * It was measured what the client itself adds to a trial's latencies.
         *
         * @param overhead as it was given to {@link Journal#clientOverhead}
         */
        default void clientOverhead(int trial, int fork, Map<String, Object> overhead) {}

        /** What a reader should know of how the requests of a trial were made, on one line. */
        default void note(int trial, int fork, String text) {}

        /**
         * Something happened with a job of the Batch API.
         *
         * @param what it was, in a word
         * @param fields as they were given to {@link Journal#batch}
         */
        default void batch(String what, Map<String, Object> fields) {}

        /** Something was learnt of the server of a trial. */
        default void server(int trial, int fork, ServerRecord learnt) {}

        /** A session was over, behind its requests. */
        default void sessionEnded(SessionRecord session) {}

        /**
         * Something of a search, whose trials are not all in the header.
         *
         * @param what it is, in a word
         * @param fields as they were given to {@link Journal#search}
         */
        default void search(String what, Map<String, Object> fields) {}

        /**
         * Something of a member of a run.
         *
         * @param what it is, in a word
         * @param fields as they were given to {@link Journal#member}
         */
        default void member(String what, Map<String, Object> fields) {}

        /** A request ended, and its answer was checked if there was a check. */
        void request(RequestRecord request);

        /**
         * A request ended well, and the journal was cut off before the check of its answer had come to an end. Those that did
         * come behind all else.
         *
         * @param answer what it said
         */
        default void unchecked(RequestRecord request, AnswerTexts answer) {
            request(request);
        }
    }

    /**
     * How a journal ends.
     *
     * @param complete whether the run did all that it was meant to
     * @param reason why it did not, on one line; empty for a complete run
     * @param torn whether a torn last line was left out
     * @param requests how many requests were read
     */
    public record Ending(boolean complete, String reason, boolean torn, long requests) {}

    /**
     * Reads a journal to its end, with its parts.
     *
     * @throws IOException where it can't be read; the message names the file and, for a bad line, its number
     */
    public static Ending read(Path path, Visitor visitor) throws IOException {
        return read(path, JournalReader::open, visitor);
    }

    /**
     * Reads a journal to its end from streams, which may wait while the journal is being written.
     *
     * @throws IOException as {@link #read(Path, Visitor)} does
     */
    public static Ending read(Path path, Opening opening, Visitor visitor) throws IOException {
        try (FileLines file = new FileLines(path, opening.open(path))) {
            return new JournalReader(file, opening).read(visitor);
        }
    }

    /** The same with the file itself from a stream, whatever opens its parts. */
    static Ending read(Path path, InputStream file, Visitor visitor) throws IOException {
        return new JournalReader(new FileLines(path, file), JournalReader::open).read(visitor);
    }

    private Ending read(Visitor visitor) throws IOException {
        try {
            return tell(visitor);
        } finally {
            closePart();
        }
    }

    private Ending tell(Visitor visitor) throws IOException {
        long requests = 0;
        Map<CheckLine.Which, RequestLine> unchecked = new LinkedHashMap<>();
        HeaderLine header = file.header();
        run = header.run();
        header.tell(visitor);
        while (next()) {
            if (line instanceof RequestLine) {
                requests++;
            }
            if (line instanceof RequestLine ended && ended.unchecked() != null) {
                unchecked.put(CheckLine.Which.of(ended.request()), ended);
            } else if (line instanceof CheckLine check && unchecked.containsKey(check.request())) {
                visitor.request(unchecked.remove(check.request()).request().judged(check.wrong()));
            } else if (line != null) {
                line.tell(visitor);
            }
        }
        unchecked.values().forEach(ended -> visitor.unchecked(ended.request(), ended.unchecked()));
        boolean torn = file.torn() || cut != null && cut.torn();
        EndLine end = file.end();
        return end == null
                ? new Ending(false, "the journal was cut off: it has no closing line", torn, requests)
                : new Ending(end.complete(), end.reason(), torn, requests);
    }

    /**
     * Reads the description of the run alone.
     *
     * @throws IOException as {@link #read} does
     */
    public static Map<String, Object> header(Path path) throws IOException {
        try (FileLines file = file(path)) {
            return file.header().run();
        }
    }

    /** The same from a stream. */
    static Map<String, Object> header(Path path, InputStream stream) throws IOException {
        return new FileLines(path, stream).header().run();
    }

    /**
     * Reads how a journal ends alone.
     *
     * @throws IOException as {@link #read} does
     */
    public static Ending ending(Path path) throws IOException {
        return read(path, new Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                // How it ends is all that is asked.
            }

            @Override
            public void request(RequestRecord request) {
                // How it ends is all that is asked.
            }
        });
    }

    /** The parts that a journal says it has, in their order. */
    static List<Path> parts(Path path) throws IOException {
        List<Path> parts = new ArrayList<>();
        try (FileLines file = file(path)) {
            while (file.next()) {
                if (file.line() instanceof PartLine next) {
                    parts.add(path.resolveSibling(next.file()));
                }
            }
        }
        return parts;
    }

    /**
     * Copies the lines of a file of a journal but for its closing line and those of requests that were given up.
     *
     * @return whether it had a closing line, and no request was left out
     */
    static boolean copyUnfinished(Path path, OutputStream out) throws IOException {
        boolean all = true;
        try (FileLines file = file(path)) {
            while (file.next()) {
                if (givenUp(file.line())) {
                    all = false;
                } else if (!(file.line() instanceof EndLine)) {
                    file.copy(out);
                }
            }
            return all && file.end() != null;
        }
    }

    private static boolean givenUp(Line line) {
        return line instanceof RequestLine ended && ended.request().outcome().clientsOwn();
    }

    private static InputStream open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("can't read the journal " + path + ": it is a directory");
        }
        try {
            return Parts.open(path);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no journal " + path, e);
        } catch (AccessDeniedException e) {
            throw new IOException("can't read the journal " + path + ": permission denied", e);
        }
    }

    private static FileLines file(Path path) throws IOException {
        return new FileLines(path, open(path));
    }

    /** Moves to the next line, be it in a part; false where there is none. */
    private boolean next() throws IOException {
        while (true) {
            if (part != null) {
                if (part.next() && part.end() == null) {
                    line = part.line();
                    return true;
                }
                cut = part.end() == null ? part : null;
                closePart();
            }
            if (!file.next()) {
                return false;
            }
            if (cut != null) {
                throw new IOException(
                        cut.path() + " has no closing line, though " + file.path() + " goes on behind it");
            }
            if (!(file.line() instanceof PartLine next)) {
                line = file.line();
                return true;
            }
            part = part(file.path().resolveSibling(next.file()));
        }
    }

    private FileLines part(Path next) throws IOException {
        if (Files.notExists(Parts.found(next))) {
            throw new IOException(
                    file.path() + " goes on in its part " + next + ", which is missing; put it there again, or as "
                            + Parts.packed(next).getFileName());
        }
        FileLines lines = new FileLines(Parts.found(next), openPart(next));
        try {
            if (!lines.header().run().equals(run)) {
                throw new IOException(lines.path() + " is not the part of " + file.path()
                        + " that has its name: it is of another run");
            }
            return lines;
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private InputStream openPart(Path next) throws IOException {
        try {
            return opening.open(next);
        } catch (EOFException e) {
            throw new IOException(Parts.found(next) + ": the file is cut off", e);
        } catch (ZipException e) {
            throw new IOException(Parts.found(next) + ": the file is damaged: " + e.getMessage(), e);
        }
    }

    private void closePart() throws IOException {
        if (part != null) {
            part.close();
            part = null;
        }
    }
}
