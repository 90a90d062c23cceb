package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;
import java.util.Map;

/**
 * An iteration started, or it ended.
 *
 * @param span its end is not known where it started
 * @param health how the client was meanwhile, a map like that of the header; empty where nobody looked
 */
record IterationLine(IterationSpan span, Map<String, Object> health) implements Line {
    static final String TYPE = "iteration";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStringField("at", span.ended() ? "end" : "start");
        out.writeNumberField("trial", span.trial());
        out.writeNumberField("fork", span.fork());
        out.writeBooleanField("warmup", span.warmup());
        out.writeNumberField("iteration", span.iteration());
        out.writeNumberField("startNanos", span.startNanos());
        if (span.ended()) {
            out.writeNumberField("endNanos", span.endNanos());
        }
        if (!health.isEmpty()) {
            out.writeFieldName("health");
            JournalFormat.JSON.writeValue(out, health);
        }
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        if (span.ended()) {
            visitor.iterationEnded(span, health);
        } else {
            visitor.iterationStarted(span);
        }
    }

    static IterationLine read(LineFields fields) throws IOException {
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
        return new IterationLine(new IterationSpan(trial, fork, warmup, iteration, start, end), health);
    }
}
