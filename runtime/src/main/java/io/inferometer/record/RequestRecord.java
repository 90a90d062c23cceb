package io.inferometer.record;

import java.util.Arrays;
import java.util.Objects;

/**
 * What became of one request. The journal holds one of these a line, and every published number is computed from them.
 *
 * <p>Times are nanoseconds of the client's monotonic clock since the start of the run; {@link #ABSENT} where a request
 * did not come so far. The arrays are the record's own and must not be changed.
 *
 * @param trial the trial's number in the run, from 0
 * @param fork the fork it ran in, from 0
 * @param warmup whether it belongs to a warm-up iteration; then it is in no result
 * @param iteration the iteration within the warm-up or the measurement, from 0
 * @param index the request's number among the trial's measured, or warm-up, requests, from 0
 * @param slot the slot of the closed loop that sent it, from 0; -1 where there are no slots
 * @param place where in its load it stood
 * @param outcome how it ended
 * @param status the response's status, 0 where none came
 * @param error what went wrong, on one line, with the endpoint's own message; empty for a success
 * @param streamed whether a stream was asked for
 * @param scheduledNanos when the load wanted it to start
 * @param releasedNanos when it was handed to the transport
 * @param sentNanos when the first byte of its body was asked for at the socket
 * @param opening how its connection was opened; {@link Opening#NONE} where it was reused or the transport can't tell
 * @param headersNanos when the response's headers were read
 * @param endNanos when its body was complete and its connection reusable, or when it failed
 * @param eventNanos for each event of the stream, when the read that completed it returned; events with one time came
 *     in one read
 * @param eventCarried for each event, the bits of {@link Carried}
 * @param serverReceivedNanos on the endpoint's clock, when it had read the request; absent unless the endpoint tells
 * @param serverEventNanos on the endpoint's clock, when it wrote each event, or the answer that came in one body; empty unless
 *     the endpoint tells
 * @param usage the token counts that the endpoint told
 * @param eventTokens for each event, how many tokens the endpoint had counted by then, {@link Usage#ABSENT} where it told
 *     none; empty where it told none before the end
 * @param expectedPromptTokens the prompt's tokens by the client's tokenizer; {@link Usage#ABSENT} where unknown
 * @param sharedPromptTokens how many of the prompt's leading tokens an earlier request had, by the data that it was of;
 *     {@link Usage#ABSENT} where unknown
 * @param requestedOutputTokens the longest answer asked for; {@link Usage#ABSENT} where none was
 * @param ignoreEos whether the endpoint was asked to go on to that length
 * @param form what the answer was like, beside that
 * @param traceId the id of the trace that it was sent as; empty unless it was to be sent as one
 * @param text the answer's text, reasoning and all; empty unless it is kept, or needed to count tokens
 */
public record RequestRecord(
        int trial,
        int fork,
        boolean warmup,
        int iteration,
        long index,
        int slot,
        Place place,
        Outcome outcome,
        int status,
        String error,
        boolean streamed,
        long scheduledNanos,
        long releasedNanos,
        long sentNanos,
        Opening opening,
        long headersNanos,
        long endNanos,
        long[] eventNanos,
        byte[] eventCarried,
        long serverReceivedNanos,
        long[] serverEventNanos,
        Usage usage,
        int[] eventTokens,
        int expectedPromptTokens,
        int sharedPromptTokens,
        int requestedOutputTokens,
        boolean ignoreEos,
        AnswerForm form,
        String traceId,
        String text) {
    /** A time that is not known. Times since the start of the run may be negative only in theory, so it is the least. */
    public static final long ABSENT = Long.MIN_VALUE;

    /**
     * Checks that nothing is missing, and that each event has a time and a kind.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param index as of the record
     * @param slot as of the record
     * @param place as of the record, not null
     * @param outcome as of the record, not null
     * @param status as of the record
     * @param error as of the record, not null
     * @param streamed as of the record
     * @param scheduledNanos as of the record
     * @param releasedNanos as of the record
     * @param sentNanos as of the record
     * @param opening as of the record, not null
     * @param headersNanos as of the record
     * @param endNanos as of the record
     * @param eventNanos as of the record
     * @param eventCarried as of the record
     * @param serverReceivedNanos as of the record
     * @param serverEventNanos as of the record
     * @param usage as of the record, not null
     * @param eventTokens as of the record
     * @param expectedPromptTokens as of the record
     * @param sharedPromptTokens as of the record
     * @param requestedOutputTokens as of the record
     * @param ignoreEos as of the record
     * @param form as of the record, not null
     * @param traceId as of the record, not null
     * @param text as of the record, not null
     */
    public RequestRecord {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(opening, "opening");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(text, "text");
        if (eventNanos.length != eventCarried.length) {
            throw new IllegalArgumentException(
                    eventNanos.length + " event times but " + eventCarried.length + " event kinds");
        }
        if (eventTokens.length != 0 && eventTokens.length != eventNanos.length) {
            throw new IllegalArgumentException(
                    eventNanos.length + " event times but " + eventTokens.length + " event counts");
        }
    }

    /**
     * {@return the same record in another fork, and later}
     *
     * @param otherFork the fork it then belongs to
     * @param nanos what is added to each of the client's times
     */
    public RequestRecord moved(int otherFork, long nanos) {
        return moved(otherFork, nanos, 0, 0, 0);
    }

    /**
     * {@return the same record in another fork, later, and behind the requests of other members}
     *
     * @param otherFork the fork it then belongs to
     * @param nanos what is added to each of the client's times
     * @param indices what is added to its index
     * @param sessions what is added to the number of its session, if it has one
     * @param slots what is added to its slot, if it has one
     */
    public RequestRecord moved(int otherFork, long nanos, long indices, long sessions, int slots) {
        return with(otherFork, nanos, indices, sessions, slots, outcome, error);
    }

    /**
     * {@return the same record by the workload's check of its answer}
     *
     * @param wrong what is wrong with it, on one line; empty if nothing is
     */
    public RequestRecord judged(String wrong) {
        return wrong.isEmpty() ? this : with(fork, 0, 0, 0, 0, Outcome.WRONG_ANSWER, wrong);
    }

    private RequestRecord with(
            int otherFork, long nanos, long indices, long sessions, int slots, Outcome how, String message) {
        return new RequestRecord(
                trial,
                otherFork,
                warmup,
                iteration,
                index + indices,
                slot < 0 ? slot : slot + slots,
                place.behind(sessions),
                how,
                status,
                message,
                streamed,
                later(scheduledNanos, nanos),
                later(releasedNanos, nanos),
                later(sentNanos, nanos),
                opening.later(nanos),
                later(headersNanos, nanos),
                later(endNanos, nanos),
                Arrays.stream(eventNanos).map(time -> time + nanos).toArray(),
                eventCarried,
                serverReceivedNanos,
                serverEventNanos,
                usage,
                eventTokens,
                expectedPromptTokens,
                sharedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                form,
                traceId,
                text);
    }

    /** A time that is later by so much; one that is not known stays so. */
    static long later(long time, long nanos) {
        return time == ABSENT ? ABSENT : time + nanos;
    }

    /** {@return whether it ended well} */
    public boolean succeeded() {
        return outcome == Outcome.SUCCESS;
    }
}
