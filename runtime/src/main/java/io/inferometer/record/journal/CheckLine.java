package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/**
 * What the check of an answer found, whose {@link RequestLine} came before.
 *
 * @param request which request it was
 * @param wrong what is wrong with its answer, on one line; empty if nothing is
 */
record CheckLine(Which request, String wrong) implements Line {
    static final String TYPE = "check";

    /** A request's place in the run. */
    record Which(int trial, int fork, boolean warmup, int iteration, long index) {
        static Which of(RequestRecord request) {
            return new Which(request.trial(), request.fork(), request.warmup(), request.iteration(), request.index());
        }
    }

    /** @param checked as it is by its check */
    static CheckLine of(RequestRecord checked) {
        return new CheckLine(Which.of(checked), checked.outcome() == Outcome.WRONG_ANSWER ? checked.error() : "");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", request.trial());
        out.writeNumberField("fork", request.fork());
        if (request.warmup()) {
            out.writeBooleanField("warmup", true);
        }
        out.writeNumberField("iteration", request.iteration());
        out.writeNumberField("index", request.index());
        if (!wrong.isEmpty()) {
            out.writeStringField("wrong", wrong);
        }
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        // The reader tells of its request.
    }

    static CheckLine read(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        boolean warmup = false;
        int iteration = 0;
        long index = -1;
        String wrong = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "warmup" -> warmup = fields.flag();
                case "iteration" -> iteration = fields.intValue();
                case "index" -> index = fields.longValue();
                case "wrong" -> wrong = fields.text();
                default -> fields.skip();
            }
        }
        return new CheckLine(new Which(trial, fork, warmup, iteration, index), wrong);
    }
}
