package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/**
 * What one line of a journal says. Each kind has a class, which alone knows its fields: it writes them, and reads them
 * in any order, skipping those it does not know.
 */
sealed interface Line
        permits HeaderLine,
                IterationLine,
                OverheadLine,
                NoteLine,
                RequestLine,
                SessionLine,
                CheckLine,
                TellingLine,
                PartLine,
                ServerLine,
                EndLine {
    /** The kind, which is a line's first field. */
    String type();

    /** Writes the fields behind the kind; the caller has opened the object and closes it. */
    void write(JsonGenerator out) throws IOException;

    /** Tells what it says. */
    void tell(JournalReader.Visitor visitor);

    /** Reads the fields of a line of a kind; null for a kind that is not known. */
    static Line read(String type, LineFields fields) throws IOException {
        switch (type) {
            case HeaderLine.TYPE:
                return HeaderLine.read(fields);
            case IterationLine.TYPE:
                return IterationLine.read(fields);
            case OverheadLine.TYPE:
                return OverheadLine.read(fields);
            case NoteLine.TYPE:
                return NoteLine.read(fields);
            case RequestLine.TYPE:
                return RequestLine.read(fields);
            case SessionLine.TYPE:
                return SessionLine.read(fields);
            case CheckLine.TYPE:
                return CheckLine.read(fields);
            case PartLine.TYPE:
                return PartLine.read(fields);
            case ServerLine.TYPE:
                return ServerLine.read(fields);
            case EndLine.TYPE:
                return EndLine.read(fields);
            default:
                TellingLine.Of of = TellingLine.Of.of(type);
                if (of != null) {
                    return TellingLine.read(of, fields);
                }
                fields.skipRest();
                return null;
        }
    }
}
