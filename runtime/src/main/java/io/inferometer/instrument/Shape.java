package io.inferometer.instrument;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.token.TokenEvents;
import io.inferometer.workload.Load;
import java.util.Optional;

/**
 * What the client had to do in a trial, as far as its own cost depends on it: enough to have it done again.
 *
 * @param streams requests in flight together: the slots, the most at one time, or in an open loop the mean
 * @param load how they were started: in step, or at times of their own
 * @param streamed whether answers were streamed
 * @param ttftNanos the mean time to the first event; of an answer in one body the mean time to its end
 * @param gapNanos the mean time between events
 * @param events the mean number of token-bearing events of an answer
 * @param tokens the mean number of tokens of an answer
 * @param eventBytes the mean size of an event; 0 where it is not known
 */
public record Shape(
        int streams,
        Phases load,
        boolean streamed,
        double ttftNanos,
        double gapNanos,
        double events,
        double tokens,
        int eventBytes) {
    /** How requests stand to each other. */
    public enum Phases {
        /** They start together, and their events come together. */
        IN_STEP,
        /** As one ends the next starts, at times of their own. */
        SLOTS,
        /** They start at random. */
        ARRIVALS
    }

    /** Collects the requests of a trial. Not thread-safe. */
    public static final class Builder {
        /** Requests that differ by less are of one length, and slots that began together stay together. */
        private static final double ALIKE = 0.05;

        private long requests;
        private long streamed;
        private double ttft;
        private double gaps;
        private long gapCount;
        private long events;
        private double tokens;
        private double inFlight;
        private double squares;
        private long firstSent = Long.MAX_VALUE;
        private long lastEnd = Long.MIN_VALUE;

        /** Takes in a request; one that failed is left out. */
        public void add(RequestRecord record) {
            if (!record.succeeded() || record.sentNanos() == RequestRecord.ABSENT) {
                return;
            }
            requests++;
            double took = record.endNanos() - record.sentNanos();
            inFlight += took;
            squares += took * took;
            firstSent = Math.min(firstSent, record.sentNanos());
            lastEnd = Math.max(lastEnd, record.endNanos());
            tokens += Math.max(1, record.usage().completionTokens());
            if (record.streamed()) {
                streamed++;
                events(record);
            } else {
                ttft += took;
            }
        }

        private void events(RequestRecord record) {
            TokenEvents bearing = TokenEvents.of(record);
            long first = RequestRecord.ABSENT;
            long last = RequestRecord.ABSENT;
            int count = 0;
            for (int i = 0; i < record.eventNanos().length; i++) {
                if (bearing.bears(i)) {
                    last = record.eventNanos()[i];
                    first = count == 0 ? last : first;
                    count++;
                }
            }
            events += count;
            if (count > 0) {
                ttft += first - record.sentNanos();
                gaps += last - first;
                gapCount += count - 1;
            }
        }

        /**
         * The shape of all of them; empty where none succeeded.
         *
         * @param load the load of the trial
         * @param eventBytes the mean size of an event; NaN where it is not known
         */
        public Optional<Shape> build(Load load, double eventBytes) {
            if (requests == 0) {
                return Optional.empty();
            }
            return Optional.of(new Shape(
                    streams(load),
                    phases(load),
                    streamed * 2 > requests,
                    ttft / requests,
                    gapCount == 0 ? 0 : gaps / gapCount,
                    Math.max(1, (double) events / requests),
                    tokens / requests,
                    Double.isNaN(eventBytes) ? 0 : (int) Math.round(eventBytes)));
        }

        private int streams(Load load) {
            if (load instanceof Load.Closed loop) {
                return (int) Math.min(loop.concurrency(), requests);
            }
            if (load instanceof Load.AtOnce atOnce) {
                return (int) Math.min(atOnce.slots(), requests);
            }
            return (int) Math.max(1, Math.ceil(inFlight / Math.max(1, lastEnd - firstSent)));
        }

        private Phases phases(Load load) {
            if (load instanceof Load.Open) {
                return Phases.ARRIVALS;
            }
            double mean = inFlight / requests;
            boolean alike = Math.sqrt(Math.max(0, squares / requests - mean * mean)) < ALIKE * mean;
            return load instanceof Load.AtOnce || alike ? Phases.IN_STEP : Phases.SLOTS;
        }
    }
}
