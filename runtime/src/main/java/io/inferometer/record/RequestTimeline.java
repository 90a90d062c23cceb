package io.inferometer.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What happened to one request in flight, and when: primitive arrays that are filled as it happens.
 *
 * <p>It has one writer at a time, and nothing it does for an event allocates while the arrays are large enough; they are
 * made for the longest answer asked for, and double when that was not known. Times are nanoseconds of the client's
 * monotonic clock.
 */
public final class RequestTimeline {
    private static final int DEFAULT_EVENTS = 256;
    private static final int LARGEST_FIRST_EVENTS = 16_384;
    private static final int TEXT_BYTES_PER_EVENT = 6;
    private static final long[] NONE = new long[0];
    private static final int[] NO_TURNS = new int[0];

    private final RequestIdentity identity;

    private int slot = -1;
    private long scheduled = RequestRecord.ABSENT;
    private long released = RequestRecord.ABSENT;
    private long sent = RequestRecord.ABSENT;
    private long connected = RequestRecord.ABSENT;
    private long headers = RequestRecord.ABSENT;
    private long end = RequestRecord.ABSENT;

    private int events;
    private long[] eventNanos;
    private byte[] eventCarried;
    private long[] serverNanos = NONE;
    private long serverReceived = RequestRecord.ABSENT;
    private int carriedByAny;

    private byte[] text;
    private int textLength;
    /** Where text turns into reasoning, and back, in turns; it begins as text. */
    private int[] turns = NO_TURNS;

    private int turnCount;

    private int promptTokens = Usage.ABSENT;
    private int completionTokens = Usage.ABSENT;
    private int reasoningTokens = Usage.ABSENT;
    private int cachedTokens = Usage.ABSENT;
    private int firstEventTokens = Usage.ABSENT;

    private int status;
    private Outcome outcome;
    private String error = "";

    /** The timeline of a request that has not started. */
    public RequestTimeline(RequestIdentity identity) {
        this.identity = identity;
        int expected = identity.streamed()
                ? identity.requestedOutputTokens() == Usage.ABSENT
                        ? DEFAULT_EVENTS
                        : Math.min(identity.requestedOutputTokens() + 4, LARGEST_FIRST_EVENTS)
                : 0;
        eventNanos = new long[expected];
        eventCarried = new byte[expected];
        text = new byte[expected * TEXT_BYTES_PER_EVENT];
    }

    /** Which request this is. */
    public RequestIdentity identity() {
        return identity;
    }

    /** The slot of the closed loop that sends it, -1 where there are no slots. */
    public int slot() {
        return slot;
    }

    /**
     * When the load wanted the request to start.
     *
     * @param bySlot the slot of the closed loop that sends it, -1 where there are no slots
     */
    public void scheduled(int bySlot, long nanos) {
        slot = bySlot;
        scheduled = nanos;
    }

    /** When the request was handed to the transport. */
    public void released(long nanos) {
        released = nanos;
    }

    /** When the first byte of the body was asked for at the socket. */
    public void sent(long nanos) {
        sent = nanos;
    }

    /** When the request's own new connection was ready. */
    public void connected(long nanos) {
        connected = nanos;
    }

    /** When the response's status and headers had been read. */
    public void headers(int responseStatus, long nanos) {
        status = responseStatus;
        headers = nanos;
    }

    /**
     * An event of the stream.
     *
     * @param nanos when the read that completed it returned
     * @param carried the bits of {@link Carried}
     * @param serverSent when the endpoint wrote it, by its own clock; {@link RequestRecord#ABSENT} unless it tells
     */
    public void event(long nanos, int carried, long serverSent) {
        if (events == eventNanos.length) {
            grow();
        }
        if (serverSent != RequestRecord.ABSENT) {
            serverEvent(serverSent);
        }
        eventNanos[events] = nanos;
        eventCarried[events] = (byte) carried;
        if (Carried.tokens(carried) && !Carried.tokens(carriedByAny) && (carried & Carried.USAGE) != 0) {
            firstEventTokens = completionTokens;
        }
        carriedByAny |= carried;
        events++;
    }

    private void serverEvent(long nanos) {
        if (serverNanos.length < eventNanos.length) {
            int from = serverNanos.length;
            serverNanos = Arrays.copyOf(serverNanos, eventNanos.length);
            Arrays.fill(serverNanos, from, serverNanos.length, RequestRecord.ABSENT);
        }
        serverNanos[events] = nanos;
    }

    private void grow() {
        int length = Math.max(DEFAULT_EVENTS, eventNanos.length * 2);
        eventNanos = Arrays.copyOf(eventNanos, length);
        eventCarried = Arrays.copyOf(eventCarried, length);
    }

    /** When the endpoint had read the request, by its own clock. */
    public void serverReceived(long nanos) {
        serverReceived = nanos;
    }

    /** Visible text of the answer, as it stood between the quotes of a JSON string, escapes and all. */
    public void text(byte[] bytes, int from, int to) {
        append(false, bytes, from, to);
    }

    /** Reasoning, in the same form. */
    public void reasoning(byte[] bytes, int from, int to) {
        append(true, bytes, from, to);
    }

    private void append(boolean reasoning, byte[] bytes, int from, int to) {
        if (reasoning != ((turnCount & 1) == 1)) {
            turn();
        }
        int length = to - from;
        if (textLength + length > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, Math.max(DEFAULT_EVENTS, textLength + length)));
        }
        System.arraycopy(bytes, from, text, textLength, length);
        textLength += length;
    }

    private void turn() {
        if (turnCount == turns.length) {
            turns = Arrays.copyOf(turns, Math.max(2, turnCount * 2));
        }
        turns[turnCount++] = textLength;
    }

    /** The visible text so far. */
    public String visibleText() {
        return part(0);
    }

    /** The reasoning so far. */
    public String reasoning() {
        return part(1);
    }

    /** The parts that begin after an even, or an odd, number of turns. */
    private String part(int parity) {
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= turnCount; i++) {
            int from = i == 0 ? 0 : turns[i - 1];
            int to = i == turnCount ? textLength : turns[i];
            if (i % 2 == parity) {
                part.append(new String(text, from, to - from, StandardCharsets.UTF_8));
            }
        }
        return JsonText.unescape(part.toString());
    }

    /** The number of events so far. */
    public int events() {
        return events;
    }

    /** How long the answer's text is so far, as it stood in the events. */
    public int textBytes() {
        return textLength;
    }

    /** Whether any event so far carried one of these bits. */
    public boolean carried(int bits) {
        return (carriedByAny & bits) != 0;
    }

    /** The endpoint's count of the prompt's tokens; {@link Usage#ABSENT} unless it told one. */
    public int promptTokens() {
        return promptTokens;
    }

    /** The endpoint's count of the answer's tokens; {@link Usage#ABSENT} unless it told one. */
    public int completionTokens() {
        return completionTokens;
    }

    /** The endpoint's count of the prompt's tokens; the last one told holds. */
    public void promptTokens(int tokens) {
        promptTokens = tokens;
    }

    /** The endpoint's count of the answer's tokens; the last one told holds. */
    public void completionTokens(int tokens) {
        completionTokens = tokens;
    }

    /** The endpoint's count of the answer's reasoning tokens; the last one told holds. */
    public void reasoningTokens(int tokens) {
        reasoningTokens = tokens;
    }

    /** The endpoint's count of the prompt's tokens that it found in a cache; the last one told holds. */
    public void cachedTokens(int tokens) {
        cachedTokens = tokens;
    }

    /**
     * The end of the request, however it came. Nothing is written after it but another end, if the answer proves wrong.
     *
     * @param message what went wrong, on one line; empty for a success
     */
    public void end(Outcome how, String message, long nanos) {
        outcome = how;
        error = message;
        end = nanos;
    }

    /** The response's status, 0 while there is none. */
    public int status() {
        return status;
    }

    /** How it ended; null while it has not. */
    public Outcome outcome() {
        return outcome;
    }

    /** What went wrong, on one line; empty for a success. */
    public String error() {
        return error;
    }

    /** When it ended. */
    public long endNanos() {
        return end;
    }

    /**
     * The record of a request that has ended.
     *
     * @param origin the start of the run on the client's clock; the record's times count from it
     * @param keepText whether the text is kept even where the endpoint counted the tokens
     * @param redact takes out of a text what must not be written, such as a key that an endpoint repeats
     */
    public RequestRecord toRecord(long origin, boolean keepText, UnaryOperator<String> redact) {
        boolean textNeeded = keepText || (completionTokens == Usage.ABSENT && outcome == Outcome.SUCCESS);
        long[] times = new long[events];
        for (int i = 0; i < events; i++) {
            times[i] = eventNanos[i] - origin;
        }
        return new RequestRecord(
                identity.trial(),
                identity.fork(),
                identity.warmup(),
                identity.iteration(),
                identity.index(),
                slot,
                outcome,
                status,
                redact.apply(error),
                identity.streamed(),
                since(origin, scheduled),
                since(origin, released),
                since(origin, sent),
                since(origin, connected),
                since(origin, headers),
                since(origin, end),
                times,
                Arrays.copyOf(eventCarried, events),
                serverReceived,
                serverTimes(),
                new Usage(promptTokens, completionTokens, reasoningTokens, cachedTokens),
                firstEventTokens,
                identity.expectedPromptTokens(),
                identity.requestedOutputTokens(),
                identity.ignoreEos(),
                textNeeded ? redact.apply(answer()) : "");
    }

    private String answer() {
        return JsonText.unescape(new String(text, 0, textLength, StandardCharsets.UTF_8));
    }

    private long[] serverTimes() {
        if (serverNanos.length == 0) {
            return NONE;
        }
        long[] times = Arrays.copyOf(serverNanos, events);
        Arrays.fill(times, Math.min(serverNanos.length, events), events, RequestRecord.ABSENT);
        return times;
    }

    private static long since(long origin, long nanos) {
        return nanos == RequestRecord.ABSENT ? nanos : nanos - origin;
    }
}
