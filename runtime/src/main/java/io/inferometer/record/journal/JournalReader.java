package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a journal line by line; never more than one line is in memory, besides requests whose check comes later.
 *
 * <p>Fields and types of lines that are not known are skipped: a later version may have added them without changing the
 * meaning of the rest. A last line without its terminator was torn by the end of the process and is left out.
 */
public final class JournalReader {
    private static final String NO_JOURNAL = "not the header of a journal, which is named as in run.json.journal.jsonl";

    private final Path path;
    private final JournalLines lines;
    private long number;
    /** What the line that was moved to says; null where it is of a kind that is not known. */
    private Line line;

    private EndLine end;

    private JournalReader(Path path, InputStream file) {
        this.path = path;
        this.lines = new JournalLines(file);
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

        /** A session was over, behind its requests. */
        default void sessionEnded(SessionRecord session) {}

        /**
         * Something of a search, whose trials are not all in the header.
         *
         * @param what it is, in a word
         * @param fields as they were given to {@link Journal#search}
         */
        default void search(String what, Map<String, Object> fields) {}

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
     * Reads a journal to its end.
     *
     * @throws IOException where it can't be read; the message names the file and, for a bad line, its number
     */
    public static Ending read(Path path, Visitor visitor) throws IOException {
        try (InputStream file = open(path)) {
            return read(path, file, visitor);
        }
    }

    /**
     * Reads a journal to its end from a stream, which may wait while the journal is being written.
     *
     * @param path what the file is called in messages
     * @throws IOException as {@link #read(Path, Visitor)} does
     */
    public static Ending read(Path path, InputStream file, Visitor visitor) throws IOException {
        JournalReader reader = new JournalReader(path, file);
        long requests = 0;
        Map<CheckLine.Which, RequestLine> unchecked = new LinkedHashMap<>();
        reader.header().tell(visitor);
        while (reader.next()) {
            if (reader.line instanceof RequestLine) {
                requests++;
            }
            if (reader.line instanceof RequestLine ended && ended.unchecked() != null) {
                unchecked.put(CheckLine.Which.of(ended.request()), ended);
            } else if (reader.line instanceof CheckLine check && unchecked.containsKey(check.request())) {
                visitor.request(unchecked.remove(check.request()).request().judged(check.wrong()));
            } else if (reader.line != null) {
                reader.line.tell(visitor);
            }
        }
        unchecked.values().forEach(ended -> visitor.unchecked(ended.request(), ended.unchecked()));
        boolean torn = reader.lines.torn();
        return reader.end == null
                ? new Ending(false, "the journal was cut off: it has no closing line", torn, requests)
                : new Ending(reader.end.complete(), reader.end.reason(), torn, requests);
    }

    /**
     * Reads the description of the run alone.
     *
     * @throws IOException as {@link #read} does
     */
    public static Map<String, Object> header(Path path) throws IOException {
        try (InputStream file = open(path)) {
            return new JournalReader(path, file).header().run();
        }
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

    /** Copies the lines of a journal but for its closing line and those of requests that were given up. */
    static void copyUnfinished(Path path, OutputStream out) throws IOException {
        try (InputStream file = open(path)) {
            JournalReader reader = new JournalReader(path, file);
            while (reader.next()) {
                if (!(reader.line instanceof EndLine) && !givenUp(reader.line)) {
                    out.write(reader.lines.bytes(), reader.lines.start(), reader.lines.length() + 1);
                }
            }
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
            return Files.newInputStream(path);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no journal " + path, e);
        } catch (AccessDeniedException e) {
            throw new IOException("can't read the journal " + path + ": permission denied", e);
        }
    }

    private HeaderLine header() throws IOException {
        if (!next()) {
            throw new IOException(path + " is not a journal: it has no whole line");
        }
        return (HeaderLine) line;
    }

    /** Moves to the next line; false where there is none. The first one is always a header. */
    private boolean next() throws IOException {
        number++;
        try {
            if (!lines.next()) {
                return false;
            }
            try (JsonParser in = JournalFormat.JSON.createParser(lines.bytes(), lines.start(), lines.length())) {
                line = line(in);
                if (in.nextToken() != null) {
                    throw new IOException("something follows the object");
                }
            }
            return true;
        } catch (JsonProcessingException e) {
            throw bad(number == 1 ? NO_JOURNAL : e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw bad(e.getMessage(), e);
        }
    }

    private Line line(JsonParser in) throws IOException {
        String type = type(in);
        if (type.equals(HeaderLine.TYPE) != (number == 1)) {
            throw new IOException(number == 1 ? NO_JOURNAL : "a second header");
        }
        if (end != null) {
            throw new IOException("it follows the closing line");
        }
        Line read = Line.read(type, new LineFields(in));
        end = read instanceof EndLine last ? last : null;
        return read;
    }

    private String type(JsonParser in) throws IOException {
        boolean object = in.nextToken() == JsonToken.START_OBJECT;
        if (!object || !"type".equals(in.nextFieldName()) || in.nextToken() != JsonToken.VALUE_STRING) {
            throw new IOException(number == 1 ? NO_JOURNAL : "not an object that begins with its type");
        }
        return in.getText();
    }

    private IOException bad(String what, IOException cause) {
        return new IOException(path + ", line " + number + ": " + what, cause);
    }
}
