package io.inferometer.stats.token;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;

/**
 * From the first token-bearing event of a stream to the last.
 *
 * @param events how many token-bearing events there were
 * @param firstNanos when the first one came; {@link RequestRecord#ABSENT} without any
 * @param lastNanos when the last one came; {@link RequestRecord#ABSENT} without any
 * @param reads in how many reads they came
 * @param firstReadEvents how many of them the first read brought
 * @param firstTokens the tokens that had come by {@code firstNanos}: those of the first event, or of the first read where
 *     that was a buffer's; {@link Usage#ABSENT} where that can't be told
 * @param bounded whether {@code firstTokens} is only the least that it can be
 * @param withoutText tokens that had no text, at the end of the answer
 */
public record DecodeWindow(
        int events,
        long firstNanos,
        long lastNanos,
        int reads,
        int firstReadEvents,
        int firstTokens,
        boolean bounded,
        int withoutText) {
    /** A first read with more events than this is a buffer's. */
    private static final int MOST_UNBUFFERED = 3;

    /** The last text and the finish reason are so many gaps apart at least where something was held back. */
    private static final int GAPS_OF_SILENCE = 2;

    /** The window of what was not streamed. */
    private static final DecodeWindow NONE =
            new DecodeWindow(0, RequestRecord.ABSENT, RequestRecord.ABSENT, 0, 0, Usage.ABSENT, false, 0);

    /**
     * {@return whether one read, or one event, brought the whole answer: nothing is known then of the time between tokens}
     */
    public boolean inOneRead() {
        return reads == 1;
    }

    /** {@return whether the first read was a buffer's, so that the first token had come before} */
    public boolean buffered() {
        return reads > 1 && firstReadEvents > MOST_UNBUFFERED;
    }

    /**
     * The window of a request.
     *
     * @param streamed the tokens that came; {@link Usage#ABSENT} where not known
     * @param hidden the tokens that the endpoint counted before any of them
     */
    static DecodeWindow of(RequestRecord record, TokenEvents events, int streamed, int hidden) {
        return events.count() == 0 ? NONE : new Reading(record, events, streamed, hidden).window();
    }

    private static final class Reading {
        private final RequestRecord record;
        private final int streamed;
        private final int hidden;
        /** The token-bearing events. */
        private final int[] at;

        Reading(RequestRecord record, TokenEvents events, int streamed, int hidden) {
            this.record = record;
            this.streamed = streamed;
            this.hidden = hidden;
            at = new int[events.count()];
            for (int i = 0, next = 0; next < at.length; i++) {
                if (events.bears(i)) {
                    at[next++] = i;
                }
            }
        }

        DecodeWindow window() {
            long first = nanos(0);
            long last = nanos(at.length - 1);
            int reads = 1;
            int inFirst = 1;
            for (int i = 1; i < at.length; i++) {
                reads += nanos(i) == nanos(i - 1) ? 0 : 1;
                inFirst += reads == 1 ? 1 : 0;
            }
            boolean buffered = reads > 1 && inFirst > MOST_UNBUFFERED;
            int told = told(buffered ? inFirst - 1 : 0);
            if (told != Usage.ABSENT) {
                int tokens = Math.max(1, told - hidden);
                return new DecodeWindow(at.length, first, last, reads, inFirst, tokens, false, withoutText());
            }
            boolean several = streamed > at.length;
            boolean even = streamed == at.length || several && isEven();
            int each = Math.max(1, Math.round((float) streamed / at.length));
            int tokens = buffered ? even ? inFirst * each : Usage.ABSENT : even ? each : 1;
            return new DecodeWindow(
                    at.length, first, last, reads, inFirst, tokens, several && !even && !buffered, withoutText());
        }

        private long nanos(int event) {
            return record.eventNanos()[at[event]];
        }

        /** The endpoint's count by then; absent where it told none. */
        private int told(int event) {
            return record.eventTokens().length == 0 ? Usage.ABSENT : record.eventTokens()[at[event]];
        }

        /** Whether the events brought equally many tokens each, as those of speculation or of a stream interval do. */
        private boolean isEven() {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int i = 1; i < at.length - 1; i++) {
                if (told(i) != Usage.ABSENT && told(i - 1) != Usage.ABSENT) {
                    least = Math.min(least, told(i) - told(i - 1));
                    most = Math.max(most, told(i) - told(i - 1));
                }
            }
            return least <= most ? most - least <= 1 : gapsAreEven();
        }

        /** Whether the gaps' deviation is less than half their mean. */
        private boolean gapsAreEven() {
            double mean = meanGap();
            double squares = 0;
            for (int i = 1; i < at.length; i++) {
                double off = nanos(i) - nanos(i - 1) - mean;
                squares += off * off;
            }
            return at.length > 1 && Math.sqrt(squares / (at.length - 1)) < mean / 2;
        }

        private double meanGap() {
            return (double) (nanos(at.length - 1) - nanos(0)) / Math.max(1, at.length - 1);
        }

        private int withoutText() {
            int empty = 0;
            while (empty < at.length && !Carried.tokens(record.eventCarried()[at[at.length - 1 - empty]])) {
                empty++;
            }
            return empty + heldBack();
        }

        /** Tokens that came in no event: those of the count after the last event, or those of a silence at the end. */
        private int heldBack() {
            int counted = told(at.length - 1);
            if (counted != Usage.ABSENT) {
                // The token that ends an answer has no text.
                int rest = streamed + hidden - counted;
                return rest > 1 ? rest : 0;
            }
            double gap = meanGap();
            long silence = finishNanos() - nanos(at.length - 1);
            return streamed > at.length && gap > 0 && silence >= GAPS_OF_SILENCE * gap
                    ? (int) Math.min(streamed - at.length, Math.round(silence / gap))
                    : 0;
        }

        /** When the finish reason came; the last token's time where none did. */
        private long finishNanos() {
            for (int i = record.eventCarried().length - 1; i > at[at.length - 1]; i--) {
                if ((record.eventCarried()[i] & Carried.FINISH) != 0) {
                    return record.eventNanos()[i];
                }
            }
            return nanos(at.length - 1);
        }
    }
}
