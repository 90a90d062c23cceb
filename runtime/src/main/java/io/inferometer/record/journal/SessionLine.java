package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.SessionRecord.Ended;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/** A session was over; one that the end of the run cut off has no such line, and is sent again by a run that goes on. */
record SessionLine(SessionRecord session) implements Line {
    static final String TYPE = "session";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", session.trial());
        out.writeNumberField("fork", session.fork());
        if (session.warmup()) {
            out.writeBooleanField("warmup", true);
        }
        out.writeNumberField("iteration", session.iteration());
        out.writeNumberField("session", session.session());
        if (session.attempt() > 0) {
            out.writeNumberField("attempt", session.attempt());
        }
        out.writeStringField("ended", session.how().label());
        out.writeNumberField("turns", session.turns());
        out.writeNumberField("failedTurns", session.failedTurns());
        out.writeNumberField("children", session.children());
        out.writeNumberField("startNanos", session.startNanos());
        out.writeNumberField("endNanos", session.endNanos());
        out.writeNumberField("thinkNanos", session.thinkNanos());
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.sessionEnded(session);
    }

    static SessionLine read(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        boolean warmup = false;
        int iteration = 0;
        long session = -1;
        int attempt = 0;
        Ended how = null;
        int turns = 0;
        int failedTurns = 0;
        int children = 0;
        long start = 0;
        long end = 0;
        long think = 0;
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "warmup" -> warmup = fields.flag();
                case "iteration" -> iteration = fields.intValue();
                case "session" -> session = fields.longValue();
                case "attempt" -> attempt = fields.intValue();
                case "ended" -> how = ended(fields.text());
                case "turns" -> turns = fields.intValue();
                case "failedTurns" -> failedTurns = fields.intValue();
                case "children" -> children = fields.intValue();
                case "startNanos" -> start = fields.longValue();
                case "endNanos" -> end = fields.longValue();
                case "thinkNanos" -> think = fields.longValue();
                default -> fields.skip();
            }
        }
        if (session < 0 || how == null) {
            throw new IOException(session < 0 ? "a session without a number" : "a session without an end");
        }
        return new SessionLine(new SessionRecord(
                trial,
                fork,
                warmup,
                iteration,
                session,
                attempt,
                how,
                turns,
                failedTurns,
                children,
                start,
                end,
                think));
    }

    private static Ended ended(String label) throws IOException {
        try {
            return Ended.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
    }
}
