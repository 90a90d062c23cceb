package io.inferometer.record;

import io.inferometer.record.answer.AnswerCalls;
import io.inferometer.record.answer.AnswerText;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What happened to one request in flight, and when: primitive arrays that are filled as it happens.
 *
 * <p>It has one writer at a time, and nothing it does for an event allocates while the arrays are large enough; they are
 * made as events come, for the longest answer asked for once there are more than a few, and double when that was not known. Times are nanoseconds of the client's
 * monotonic clock.
 */
public final class RequestTimeline {
    private static final int DEFAULT_EVENTS = 256;
    /** What is asked for may never come: a longer stream grows as it does. */
    private static final int LARGEST_FIRST_EVENTS = 2_048;

    /** Endpoints may tell any number of words. */
    private static final int MOST_UNKNOWN = 10;

    private final RequestIdentity identity;

    private int slot = -1;
    private long scheduled = RequestRecord.ABSENT;
    private long released = RequestRecord.ABSENT;
    private long sent = RequestRecord.ABSENT;
    private Opening opening = Opening.NONE;
    private long headers = RequestRecord.ABSENT;
    private long end = RequestRecord.ABSENT;

    private final EventTimes events;
    private final AnswerText text;
    private AnswerCalls calls = AnswerCalls.NONE;
    private long serverAnswered = RequestRecord.ABSENT;
    private long serverReceived = RequestRecord.ABSENT;

    private int promptTokens = Usage.ABSENT;
    private int completionTokens = Usage.ABSENT;
    private int reasoningTokens = Usage.ABSENT;
    private int cachedTokens = Usage.ABSENT;
    private int totalTokens = Usage.ABSENT;
    private int choices = 1;
    private String finishReason = "";
    private String contentType = "";
    private int items;
    private boolean withoutLast;
    private Map<String, Integer> unknownEvents = Map.of();

    private int status;
    private Outcome outcome;
    private String error = "";

    /**
     * The timeline of a request that has not started.
     *
     * @param identity which request it is
     */
    public RequestTimeline(RequestIdentity identity) {
        this.identity = identity;
        int expected = identity.streamed()
                ? identity.requestedOutputTokens() == Usage.ABSENT
                        ? DEFAULT_EVENTS
                        : Math.min(identity.requestedOutputTokens() + 4, LARGEST_FIRST_EVENTS)
                : 0;
        events = new EventTimes(expected);
        text = new AnswerText();
    }

    /** {@return which request this is} */
    public RequestIdentity identity() {
        return identity;
    }

    /** How much of the heap it takes, about. */
    int heldBytes() {
        return events.heldBytes() + text.heldBytes() + calls.heldBytes();
    }

    /** {@return the slot of the closed loop that sends it, -1 where there are no slots} */
    public int slot() {
        return slot;
    }

    /**
     * When the load wanted the request to start.
     *
     * @param bySlot the slot of the closed loop that sends it, -1 where there are no slots
     * @param nanos the time, on the client's clock
     */
    public void scheduled(int bySlot, long nanos) {
        slot = bySlot;
        scheduled = nanos;
    }

    /**
     * When the request was handed to the transport.
     *
     * @param nanos the time, on the client's clock
     */
    public void released(long nanos) {
        released = nanos;
    }

    /**
     * When the first byte of the body was asked for at the socket.
     *
     * @param nanos the time, on the client's clock
     */
    public void sent(long nanos) {
        sent = nanos;
    }

    /**
     * How the request's own new connection was opened.
     *
     * @param how what of the connection was opened, and how long each step took
     */
    public void connected(Opening how) {
        opening = how;
    }

    /**
     * When the response's status and headers had been read.
     *
     * @param responseStatus of HTTP
     * @param nanos the time, on the client's clock
     */
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
        boolean continuous =
                (carried & (Carried.USAGE | Carried.CHOICES | Carried.FINISH)) == (Carried.USAGE | Carried.CHOICES);
        events.add(nanos, carried, serverSent, continuous ? completionTokens : Usage.ABSENT);
    }

    /**
     * When the endpoint had read the request, by its own clock.
     *
     * @param nanos the time, on the client's clock
     */
    public void serverReceived(long nanos) {
        serverReceived = nanos;
    }

    /**
     * An answer in one body.
     *
     * @param carried the bits of {@link Carried}
     * @param serverSent when the endpoint wrote it, by its own clock; {@link RequestRecord#ABSENT} unless it tells
     */
    public void answered(int carried, long serverSent) {
        events.carriedAsWhole(carried);
        serverAnswered = serverSent;
    }

    /** Keeps calls of tools as calls too, for whoever goes on with the answer; said before anything of it has come. */
    public void keepCalls() {
        calls = AnswerCalls.kept();
    }

    /** {@return the calls of tools so far, where they are kept} */
    public AnswerCalls calls() {
        return calls;
    }

    /**
     * Visible text of the answer, as it stood between the quotes of a JSON string, escapes and all.
     *
     * @param bytes a buffer that is used again afterwards
     * @param from where the text begins in it
     * @param to where it ends, exclusive
     */
    public void text(byte[] bytes, int from, int to) {
        text.append(AnswerText.VISIBLE, bytes, from, to);
    }

    /**
     * Reasoning, in the same form.
     *
     * @param bytes a buffer that is used again afterwards
     * @param from where the text begins in it
     * @param to where it ends, exclusive
     */
    public void reasoning(byte[] bytes, int from, int to) {
        text.append(AnswerText.REASONING, bytes, from, to);
    }

    /**
     * A piece of the name of the call at hand, in the same form.
     *
     * @param bytes a buffer that is used again afterwards
     * @param from where the text begins in it
     * @param to where it ends, exclusive
     */
    public void callName(byte[] bytes, int from, int to) {
        text.append(AnswerText.CALL, bytes, from, to);
        calls.name(bytes, from, to);
    }

    /**
     * A piece of what it calls with, in the same form.
     *
     * @param bytes a buffer that is used again afterwards
     * @param from where the text begins in it
     * @param to where it ends, exclusive
     */
    public void callArguments(byte[] bytes, int from, int to) {
        text.append(AnswerText.CALL, bytes, from, to);
        calls.arguments(bytes, from, to);
    }

    /**
     * What it calls with, as an object; an empty one is no text.
     *
     * @param bytes a buffer that is used again afterwards
     * @param from where the text begins in it
     * @param to where it ends, exclusive
     * @param isText whether it has anything in it
     */
    public void callObject(byte[] bytes, int from, int to, boolean isText) {
        if (isText) {
            text.append(AnswerText.CALL, bytes, from, to);
        }
        calls.json(bytes, from, to);
    }

    /** {@return the visible text so far, with calls of tools as their names and arguments came} */
    public String visibleText() {
        return text.visible();
    }

    /** {@return the visible text so far, without the calls of tools that are kept} */
    public String saidText() {
        return text.said();
    }

    /** {@return the reasoning so far} */
    public String reasoning() {
        return text.reasoning();
    }

    /** {@return the number of events so far} */
    public int events() {
        return events.count();
    }

    /** {@return how long the answer's text is so far, as it stood in the events} */
    public int textBytes() {
        return text.length();
    }

    /**
     * {@return whether any event so far carried one of these bits}
     *
     * @param bits as {@link Carried} has them
     */
    public boolean carried(int bits) {
        return events.carried(bits);
    }

    /** {@return the endpoint's count of the prompt's tokens; {@link Usage#ABSENT} unless it told one} */
    public int promptTokens() {
        return promptTokens;
    }

    /** {@return the endpoint's count of the answer's tokens; {@link Usage#ABSENT} unless it told one} */
    public int completionTokens() {
        return completionTokens;
    }

    /**
     * The endpoint's count of the prompt's tokens; the last one told holds, but a 0 is none after another.
     *
     * @param tokens 0 or more
     */
    public void promptTokens(int tokens) {
        promptTokens = told(promptTokens, tokens);
    }

    /**
     * The endpoint's count of the answer's tokens; the last one told holds, but a 0 is none after another.
     *
     * @param tokens 0 or more
     */
    public void completionTokens(int tokens) {
        completionTokens = told(completionTokens, tokens);
    }

    /**
     * The endpoint's count of the answer's reasoning tokens; the last one told holds.
     *
     * @param tokens 0 or more
     */
    public void reasoningTokens(int tokens) {
        reasoningTokens = told(reasoningTokens, tokens);
    }

    /**
     * The endpoint's count of the prompt's tokens that it found in a cache; the last one told holds.
     *
     * @param tokens 0 or more
     */
    public void cachedTokens(int tokens) {
        cachedTokens = told(cachedTokens, tokens);
    }

    /** {@return the endpoint's count of all tokens; {@link Usage#ABSENT} unless it told one} */
    public int totalTokens() {
        return totalTokens;
    }

    /**
     * The endpoint's count of all tokens; the last one told holds.
     *
     * @param tokens 0 or more
     */
    public void totalTokens(int tokens) {
        totalTokens = told(totalTokens, tokens);
    }

    private static int told(int before, int now) {
        return now > 0 || before == Usage.ABSENT ? now : before;
    }

    /**
     * How many choices the answer has had so far; the greatest number told holds.
     *
     * @param count 1 or more
     */
    public void choices(int count) {
        choices = Math.max(choices, count);
    }

    /**
     * Why the answer ended, in the endpoint's word; the last one told holds, but one that says that it broke off stays.
     *
     * @param word any, or empty
     */
    public void finishReason(String word) {
        if (!FinishReason.broke(finishReason)) {
            finishReason = FinishReason.shared(word);
        }
    }

    /** {@return why the answer ended, in the endpoint's word; empty while it told none} */
    public String finishReason() {
        return finishReason;
    }

    /**
     * The type by which the endpoint called its stream, where it is not that of a stream.
     *
     * @param type of the response, without parameters
     */
    public void contentType(String type) {
        contentType = type;
    }

    /**
     * How many texts the answer embeds, or documents it puts in order.
     *
     * @param count 1 or more
     */
    public void items(int count) {
        items = count;
    }

    /** The stream lacked the last event of its protocol, though it had said why the answer ended. */
    public void withoutLast() {
        withoutLast = true;
    }

    /**
     * An event of a type that the protocol does not know; of many types some are left out.
     *
     * @param type in the endpoint's word
     */
    public void unknownEvent(String type) {
        if (unknownEvents.isEmpty()) {
            unknownEvents = new TreeMap<>();
        }
        if (unknownEvents.size() < MOST_UNKNOWN || unknownEvents.containsKey(type)) {
            unknownEvents.merge(type, 1, Integer::sum);
        }
    }

    /** {@return how many events so far carried text} */
    public int tokenEvents() {
        return events.tokenEvents();
    }

    /** {@return whether the last event was one with token counts and no choice, as the last of a stream is} */
    public boolean endsWithUsage() {
        return (events.lastCarried() & (Carried.USAGE | Carried.CHOICES)) == Carried.USAGE;
    }

    /**
     * The end of the request, however it came. Nothing is written after it but another end, if the answer proves wrong.
     *
     * @param how what it came to
     * @param message what went wrong, on one line; empty for a success
     * @param nanos the time, on the client's clock
     */
    public void end(Outcome how, String message, long nanos) {
        outcome = how;
        error = message;
        end = nanos;
    }

    /** {@return the response's status, 0 while there is none} */
    public int status() {
        return status;
    }

    /** {@return how it ended; null while it has not} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return what went wrong, on one line; empty for a success} */
    public String error() {
        return error;
    }

    /** {@return when it ended} */
    public long endNanos() {
        return end;
    }

    /**
     * {@return the record of a request that has ended}
     *
     * @param origin the start of the run on the client's clock; the record's times count from it
     * @param keepText whether the text is kept even where the endpoint counted the tokens
     * @param redact takes out of a text what must not be written, such as a key that an endpoint repeats
     */
    public RequestRecord toRecord(long origin, boolean keepText, UnaryOperator<String> redact) {
        boolean textNeeded = keepText || (completionTokens <= 0 && outcome == Outcome.SUCCESS);
        return new RequestRecord(
                identity.trial(),
                identity.fork(),
                identity.warmup(),
                identity.iteration(),
                identity.index(),
                slot,
                identity.place(),
                outcome,
                status,
                redact.apply(error),
                identity.streamed(),
                since(origin, scheduled),
                since(origin, released),
                since(origin, sent),
                opening.later(-origin),
                since(origin, headers),
                since(origin, end),
                events.since(origin),
                events.carried(),
                serverReceived,
                serverAnswered == RequestRecord.ABSENT ? events.serverNanos() : new long[] {serverAnswered},
                new Usage(promptTokens, completionTokens, reasoningTokens, cachedTokens, totalTokens),
                events.tokens(),
                identity.expectedPromptTokens(),
                identity.sharedPromptTokens(),
                identity.requestedOutputTokens(),
                identity.ignoreEos(),
                new AnswerForm(
                        finishReason,
                        choices,
                        reasoningTokens > 0 && text.holdsReasoning(),
                        contentType,
                        items,
                        withoutLast,
                        redacted(unknownEvents, redact)),
                identity.traceId(),
                textNeeded ? redact.apply(text.whole()) : "");
    }

    private static Map<String, Integer> redacted(Map<String, Integer> counts, UnaryOperator<String> redact) {
        Map<String, Integer> redacted = new TreeMap<>();
        counts.forEach((word, count) -> redacted.merge(redact.apply(word), count, Integer::sum));
        return redacted;
    }

    private static long since(long origin, long nanos) {
        return nanos == RequestRecord.ABSENT ? nanos : nanos - origin;
    }

    /** Forgets events and text and keeps the room for them, so that a benchmark can fill it again. */
    void clear() {
        events.clear();
        text.clear();
        calls.clear();
    }
}
