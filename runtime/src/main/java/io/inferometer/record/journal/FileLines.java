package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import io.inferometer.record.journal.part.JournalLines;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** The lines of one file of a journal. A last line without its terminator was torn by the end of the process and is left out. */
final class FileLines implements AutoCloseable {
    private static final String NO_JOURNAL = "not the header of a journal, which is named as in run.json.journal.jsonl";

    private final Path path;
    private final InputStream file;
    private final JournalLines lines;
    private long number;
    private Line line;
    private EndLine end;

    /** @param path what the file is called in messages */
    FileLines(Path path, InputStream file) {
        this.path = path;
        this.file = file;
        this.lines = new JournalLines(file, JournalFormat.MAX_LINE_BYTES);
    }

    Path path() {
        return path;
    }

    /** What the line that was moved to says; null where it is of a kind that is not known. */
    Line line() {
        return line;
    }

    /** The closing line; null where none came so far. */
    EndLine end() {
        return end;
    }

    /** Whether, at the end, a torn line was left out. */
    boolean torn() {
        return lines.torn();
    }

    /** Copies the line that was moved to as it is. */
    void copy(OutputStream out) throws IOException {
        out.write(lines.bytes(), lines.start(), lines.length() + 1);
    }

    HeaderLine header() throws IOException {
        if (!next()) {
            throw new IOException(path + " is not a journal: it has no whole line");
        }
        return (HeaderLine) line;
    }

    /** Moves to the next line; false where there is none. The first one is always a header. */
    boolean next() throws IOException {
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
        } catch (EOFException e) {
            throw bad("the file is cut off", e);
        } catch (ZipException e) {
            throw bad("the file is damaged: " + e.getMessage(), e);
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

    @Override
    public void close() throws IOException {
        file.close();
    }
}
