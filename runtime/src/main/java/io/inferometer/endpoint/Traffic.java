package io.inferometer.endpoint;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the wire. May be used by any thread. */
final class Traffic {
    private final LongAdder requests = new LongAdder();
    private final LongAdder requestBytes = new LongAdder();
    private final DoubleAdder squares = new DoubleAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder eventBytes = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder answerBytes = new LongAdder();

    void sent(WireRequest request) {
        double bytes = request.body().length;
        requests.increment();
        requestBytes.add(request.body().length);
        squares.add(bytes * bytes);
    }

    void ended(RequestTimeline timeline, long bodyBytes) {
        if (timeline.events() > 0) {
            events.add(timeline.events());
            eventBytes.add(bodyBytes);
        } else if (timeline.outcome() == Outcome.SUCCESS) {
            answers.increment();
            answerBytes.add(bodyBytes);
        }
    }

    /** The means of all so far. */
    MeanSizes sizes() {
        double request = mean(requestBytes.sum(), requests.sum());
        double variance = mean(squares.sum(), requests.sum()) - request * request;
        return new MeanSizes(
                request,
                Math.sqrt(Math.max(0, variance)),
                mean(eventBytes.sum(), events.sum()),
                mean(answerBytes.sum(), answers.sum()));
    }

    private static double mean(double sum, long count) {
        return count == 0 ? Double.NaN : sum / count;
    }
}
