package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a journal line by line; never more than one line is in memory.
 *
 * <p>Fields and types of lines that are not known are skipped: a later version may have added them without changing the
 * meaning of the rest. A last line without its terminator was torn by the end of the process and is left out.
 */
public final class JournalReader {
    private static final String NO_JOURNAL = "not the header of a journal, which is named as in run.json.journal.jsonl";

    private final Path path;
    private final Visitor visitor;
    private long number;
    private long requests;
    private Ending ending;

    private JournalReader(Path path, Visitor visitor) {
        this.path = path;
        this.visitor = visitor;
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

        /** A request ended. */
        void request(RequestRecord request);
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
        JournalReader reader = new JournalReader(path, visitor);
        try (InputStream file = reader.open()) {
            return reader.read(file);
        }
    }

    /**
     * Reads a journal to its end from a stream, which may wait while the journal is being written.
     *
     * @param path what the file is called in messages
     * @throws IOException as {@link #read(Path, Visitor)} does
     */
    public static Ending read(Path path, InputStream file, Visitor visitor) throws IOException {
        return new JournalReader(path, visitor).read(file);
    }

    /**
     * Reads the description of the run alone.
     *
     * @throws IOException as {@link #read} does
     */
    public static Map<String, Object> header(Path path) throws IOException {
        Header header = new Header();
        new JournalReader(path, header).readHeader();
        return header.run;
    }

    /** Copies the lines of a journal but for its closing line and those of requests that were given up. */
    static void copyUnfinished(Path path, OutputStream out) throws IOException {
        GivenUp visitor = new GivenUp();
        JournalReader reader = new JournalReader(path, visitor);
        try (InputStream file = reader.open()) {
            JournalLines lines = new JournalLines(file);
            while (reader.next(lines)) {
                visitor.last = false;
                reader.line(lines);
                if (!visitor.last && reader.ending == null) {
                    out.write(lines.bytes(), lines.start(), lines.length() + 1);
                }
            }
        }
    }

    /** Tells whether the last line was of a request that was given up. */
    private static final class GivenUp implements Visitor {
        private boolean last;

        @Override
        public void header(Map<String, Object> run) {
            // It is kept.
        }

        @Override
        public void request(RequestRecord request) {
            last = request.outcome() == Outcome.CANCELLED;
        }
    }

    private static final class Header implements Visitor {
        private Map<String, Object> run;

        @Override
        public void header(Map<String, Object> description) {
            run = description;
        }

        @Override
        public void request(RequestRecord request) {
            throw new IllegalStateException("a header alone is read");
        }
    }

    private void readHeader() throws IOException {
        try (InputStream file = open()) {
            JournalLines lines = new JournalLines(file);
            if (!next(lines)) {
                throw new IOException(path + " is not a journal: it has no whole line");
            }
            line(lines);
        }
    }

    private Ending read(InputStream file) throws IOException {
        JournalLines lines = new JournalLines(file);
        while (next(lines)) {
            line(lines);
        }
        boolean torn = lines.torn();
        if (number == 1) {
            throw new IOException(path + " is not a journal: it has no whole line");
        }
        if (ending == null) {
            return new Ending(false, "the journal was cut off: it has no closing line", torn, requests);
        }
        return new Ending(ending.complete, ending.reason, torn, requests);
    }

    private boolean next(JournalLines lines) throws IOException {
        number++;
        try {
            return lines.next();
        } catch (IOException e) {
            throw bad(e.getMessage(), e);
        }
    }

    private InputStream open() throws IOException {
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

    private void line(JournalLines lines) throws IOException {
        RequestRecord request;
        try (JsonParser in = JournalFormat.JSON.createParser(lines.bytes(), lines.start(), lines.length())) {
            request = line(in);
            if (in.nextToken() != null) {
                throw new IOException("something follows the object");
            }
        } catch (JsonProcessingException e) {
            throw bad(number == 1 ? NO_JOURNAL : e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw bad(e.getMessage(), e);
        }
        if (request != null) {
            requests++;
            visitor.request(request);
        }
    }

    /** Tells the visitor of the line, or returns the request that it is. */
    private RequestRecord line(JsonParser in) throws IOException {
        String type = type(in);
        if (type.equals(JournalFormat.HEADER) != (number == 1)) {
            throw new IOException(number == 1 ? NO_JOURNAL : "a second header");
        }
        if (ending != null) {
            throw new IOException("it follows the closing line");
        }
        LineFields fields = new LineFields(in);
        switch (type) {
            case JournalFormat.REQUEST -> {
                return RequestLine.read(fields);
            }
            case JournalFormat.HEADER -> header(fields);
            case JournalFormat.ITERATION -> iteration(fields);
            case JournalFormat.OVERHEAD -> overhead(fields);
            case JournalFormat.END -> ending = ending(fields);
            default -> fields.skipRest();
        }
        return null;
    }

    private String type(JsonParser in) throws IOException {
        boolean object = in.nextToken() == JsonToken.START_OBJECT;
        if (!object || !"type".equals(in.nextFieldName()) || in.nextToken() != JsonToken.VALUE_STRING) {
            throw new IOException(number == 1 ? NO_JOURNAL : "not an object that begins with its type");
        }
        return in.getText();
    }

    private void header(LineFields fields) throws IOException {
        int schema = 0;
        Map<String, Object> run = null;
        while (fields.next()) {
            switch (fields.name()) {
                case "schema" -> {
                    schema = fields.intValue();
                    check(schema);
                }
                case "run" -> run = fields.map();
                default -> fields.skip();
            }
        }
        check(schema);
        if (run == null) {
            throw new IOException("not the header of a journal: run is missing");
        }
        visitor.header(run);
    }

    private static void check(int schema) throws IOException {
        if (schema < 1) {
            throw new IOException("not the header of a journal: schema is missing");
        }
        if (schema > JournalFormat.SCHEMA) {
            throw new IOException("written by a later version of Inferometer: its schema is " + schema
                    + ", this version reads up to " + JournalFormat.SCHEMA);
        }
    }

    private void iteration(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        boolean warmup = false;
        int iteration = 0;
        long start = RequestRecord.ABSENT;
        long end = RequestRecord.ABSENT;
        Map<String, Object> health = Map.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "warmup" -> warmup = fields.flag();
                case "iteration" -> iteration = fields.intValue();
                case "health" -> health = fields.optionalMap();
                case "startNanos" -> start = fields.longValue();
                case "endNanos" -> end = fields.longValue();
                default -> fields.skip();
            }
        }
        if (start == RequestRecord.ABSENT) {
            throw new IOException("an iteration without startNanos");
        }
        IterationSpan span = new IterationSpan(trial, fork, warmup, iteration, start, end);
        if (span.ended()) {
            visitor.iterationEnded(span, health);
        } else {
            visitor.iterationStarted(span);
        }
    }

    private void overhead(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        Map<String, Object> overhead = Map.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "overhead" -> overhead = fields.map();
                default -> fields.skip();
            }
        }
        visitor.clientOverhead(trial, fork, overhead);
    }

    private static Ending ending(LineFields fields) throws IOException {
        boolean complete = false;
        String reason = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "complete" -> complete = fields.flag();
                case "reason" -> reason = fields.text();
                default -> fields.skip();
            }
        }
        return new Ending(complete, reason, false, 0);
    }

    private IOException bad(String what, IOException cause) {
        return new IOException(path + ", line " + number + ": " + what, cause);
    }
}
