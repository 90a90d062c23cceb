package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.FinishReason;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.nio.charset.StandardCharsets;

/**
 * What the scanners of all protocols do alike: walk over a frame's JSON once, in place, and take texts and numbers from it;
 * or not even that, where the frame is laid out like the one before ({@link EventLayout}).
 *
 * <p>One pass over the bytes, in any order of keys and with any white space; values of no interest are skipped without being
 * looked at closely.
 */
abstract sealed class LayoutScanner implements FrameScanner permits EventScanner, TypedScanner, ItemsScanner {
    static final byte[] ERROR_KEY = ascii("error");
    static final byte[] TYPE = ascii("type");
    static final byte[] USAGE = ascii("usage");

    /** The field in which the simulated endpoint tells when it wrote an event. */
    private static final byte[] SENT_NANOS = ascii("sent_nanos");
    /** The field in which the simulated endpoint tells when it had read the request. */
    private static final byte[] RECEIVED_NANOS = ascii("received_nanos");

    private static final byte[][] ERROR_KEYS = {
        ERROR_KEY,
        ascii("errors"),
        ascii("error_code"),
        ascii("error_message"),
        ascii("error_msg"),
        ascii("errorMessage"),
        ascii("errorCode"),
        ascii("Error")
    };
    private static final byte[] PROMPT_TOKENS = ascii("prompt_tokens");
    private static final byte[] INPUT_TOKENS = ascii("input_tokens");
    private static final byte[] COMPLETION_TOKENS = ascii("completion_tokens");
    private static final byte[] OUTPUT_TOKENS = ascii("output_tokens");
    private static final byte[] TOTAL_TOKENS = ascii("total_tokens");
    private static final byte[] REASONING_TOKENS = ascii("reasoning_tokens");
    private static final byte[] CACHED_TOKENS = ascii("cached_tokens");
    private static final byte[] CACHE_HIT_TOKENS = ascii("prompt_cache_hit_tokens");

    final JsonCursor json = new JsonCursor();
    private final EventLayout layout = new EventLayout();

    RequestTimeline timeline;
    /** The bits of {@link Carried} of the frame at hand. */
    int carried;
    /** Whether the frame is, or holds, an error. */
    boolean error;
    /** Whether the frame has a value that its layout can't tell. */
    boolean unlike;
    /** What the call of a tool says of itself that was looked at last. */
    final CallHead head = new CallHead();
    /** Whether the name and the arguments at hand are of a call that is kept. */
    boolean calling;

    private long serverSent;

    @Override
    public final int scan(byte[] bytes, int from, int to, long nanos, RequestTimeline into) {
        timeline = into;
        serverSent = RequestRecord.ABSENT;
        if (layout.fits(bytes, from, to)) {
            for (int i = 0; i < layout.count(); i++) {
                take(layout.kind(i), bytes, layout.from(i), layout.to(i));
            }
            carried = layout.carried();
        } else {
            int fault = walk(bytes, from, to, false);
            if (fault < 0) {
                return fault;
            }
        }
        into.event(nanos, carried, serverSent);
        return carried;
    }

    @Override
    public final int scanWhole(byte[] bytes, int from, int to, RequestTimeline into) {
        timeline = into;
        serverSent = RequestRecord.ABSENT;
        int fault = walk(bytes, from, to, true);
        into.answered(fault < 0 ? 0 : carried, serverSent);
        return fault < 0 ? fault : carried;
    }

    /** Reads the frame key by key, and remembers its layout; gives what is wrong with it, or 0. */
    private int walk(byte[] bytes, int from, int to, boolean whole) {
        layout.forget();
        carried = 0;
        error = false;
        unlike = whole;
        json.start(bytes, from, to);
        if (!json.isObject()) {
            return MALFORMED;
        }
        if (whole) {
            answer();
        } else {
            event();
        }
        if (!json.endsWell()) {
            return MALFORMED;
        }
        if (error) {
            return ERROR;
        }
        walked();
        if (!unlike) {
            layout.remember(bytes, from, to, carried);
        }
        return 0;
    }

    /** Walks over the object of an event. */
    abstract void event();

    /** Walks over the object of an answer that came in one body. */
    abstract void answer();

    /** The event was walked over, and was well formed. */
    void walked() {}

    /** The value of a key of the event itself that has no meaning in its protocol: the endpoint's own stamp, an error, or nothing. */
    final void other() {
        if (json.keyIs(SENT_NANOS)) {
            number(EventValue.SENT_NANOS);
        } else if (json.keyIs(RECEIVED_NANOS)) {
            number(EventValue.RECEIVED_NANOS);
        } else {
            errorOrNothing();
        }
    }

    /** A value that is an error, or nothing. */
    final void errorOrNothing() {
        if (isErrorKey()) {
            error |= !json.skipEmpty();
        } else {
            json.skip();
        }
    }

    final boolean isErrorKey() {
        return (json.keyStartsWith('e') || json.keyStartsWith('E')) && json.keyIsOf(ERROR_KEYS);
    }

    /** The word by which the endpoint says why the answer ended, where it says one; in an object it is its type. */
    final void finish() {
        if (json.isObject()) {
            json.enterObject();
            while (json.nextKey()) {
                if (json.keyIs(TYPE)) {
                    finish();
                } else {
                    json.skip();
                }
            }
        } else if (json.string() && json.rangeTo() > json.rangeFrom()) {
            String word = range();
            if (!FinishReason.goesOn(word)) {
                carried |= Carried.FINISH;
                timeline.finishReason(word);
            }
        }
    }

    /** The bytes of the last string, as text. */
    final String range() {
        return new String(json.bytes(), json.rangeFrom(), json.rangeTo() - json.rangeFrom(), StandardCharsets.UTF_8);
    }

    /** The value ahead, if it is a string that is not empty, as text of a channel. */
    final void text(int channel) {
        if (json.string()) {
            takeText(channel);
        }
    }

    /** The string just read, if it is not empty, as text of a channel. */
    final void takeText(int channel) {
        if (json.rangeTo() > json.rangeFrom()) {
            take(channel == Carried.REASONING ? EventValue.REASONING : EventValue.TEXT);
            carried |= channel;
        }
    }

    /** The name of a function that is called. */
    final void functionName() {
        if (json.string()) {
            takeOfCall(EventValue.CALL_NAME);
        }
    }

    /** What a function is called with, as text or as the object that some endpoints send in place of its text. */
    final void argument() {
        if (!json.isObject()) {
            if (json.string()) {
                takeOfCall(EventValue.CALL_ARGUMENTS);
            }
            return;
        }
        json.skipKnown();
        boolean says = json.rangeTo() - json.rangeFrom() > 2;
        unlike |= says || calling;
        carried |= says ? Carried.TOOL : 0;
        if (calling) {
            timeline.callObject(json.bytes(), json.rangeFrom(), json.rangeTo(), says);
        } else if (says) {
            timeline.text(json.bytes(), json.rangeFrom(), json.rangeTo());
        }
    }

    /** The string just read, if it is not empty, as a piece of a call. */
    final void takeOfCall(EventValue piece) {
        if (json.rangeTo() > json.rangeFrom()) {
            take(calling ? piece : EventValue.TEXT);
            carried |= Carried.TOOL;
        }
    }

    /** Token counts, the details of which may stand in objects that it holds. */
    final void usage() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(PROMPT_TOKENS) || json.keyIs(INPUT_TOKENS)) {
                carried |= Carried.USAGE;
                number(EventValue.PROMPT_TOKENS);
            } else if (json.keyIs(COMPLETION_TOKENS) || json.keyIs(OUTPUT_TOKENS)) {
                carried |= Carried.USAGE;
                number(EventValue.COMPLETION_TOKENS);
            } else if (json.keyIs(TOTAL_TOKENS)) {
                number(EventValue.TOTAL_TOKENS);
            } else if (json.isObject()) {
                json.enterObject();
                while (json.nextKey()) {
                    detail();
                }
            } else {
                detail();
            }
        }
    }

    /** A count of some of the tokens, or something else. */
    private void detail() {
        if (json.keyIs(REASONING_TOKENS)) {
            number(EventValue.REASONING_TOKENS);
        } else if (json.keyIs(CACHED_TOKENS) || json.keyIs(CACHE_HIT_TOKENS)) {
            number(EventValue.CACHED_TOKENS);
        } else {
            json.skip();
        }
    }

    /** The count ahead; {@link Usage#ABSENT} where there is none. */
    final int count() {
        return json.number() ? tokens(json.value()) : Usage.ABSENT;
    }

    /** A number of no interest that is another one in each event. */
    final void passNumber() {
        if (json.number()) {
            layout.value(EventValue.PASSED_NUMBER, json.rangeFrom(), json.rangeTo());
        }
    }

    /** A text of no interest that is another one in each event. */
    final void passText() {
        if (json.string() && json.rangeTo() > json.rangeFrom()) {
            layout.value(EventValue.PASSED_TEXT, json.rangeFrom(), json.rangeTo());
        }
    }

    private void number(EventValue kind) {
        if (!json.number()) {
            return;
        }
        if (json.hasExponent()) {
            unlike = true;
            take(kind, json.value());
        } else {
            take(kind);
        }
    }

    /** Takes the string or the number just read. */
    final void take(EventValue kind) {
        layout.value(kind, json.rangeFrom(), json.rangeTo());
        take(kind, json.bytes(), json.rangeFrom(), json.rangeTo());
    }

    private void take(EventValue kind, byte[] bytes, int from, int to) {
        switch (kind) {
            case TEXT -> timeline.text(bytes, from, to);
            case REASONING -> timeline.reasoning(bytes, from, to);
            case CALL_NAME -> timeline.callName(bytes, from, to);
            case CALL_ARGUMENTS -> timeline.callArguments(bytes, from, to);
            case REPEATED_REASONING, PASSED_TEXT, PASSED_NUMBER -> {}
            default -> take(kind, JsonNumber.value(bytes, from, to));
        }
    }

    private void take(EventValue kind, long number) {
        switch (kind) {
            case SENT_NANOS -> serverSent = number;
            case RECEIVED_NANOS -> timeline.serverReceived(number);
            case PROMPT_TOKENS -> timeline.promptTokens(tokens(number));
            case COMPLETION_TOKENS -> timeline.completionTokens(tokens(number));
            case TOTAL_TOKENS -> timeline.totalTokens(tokens(number));
            case REASONING_TOKENS -> timeline.reasoningTokens(tokens(number));
            case CACHED_TOKENS -> timeline.cachedTokens(tokens(number));
            default -> throw new IllegalArgumentException("no number: " + kind);
        }
    }

    /** A count, {@link Usage#ABSENT} where the number is none. */
    static int tokens(long number) {
        return number < 0 || number >= Integer.MAX_VALUE ? Usage.ABSENT : (int) number;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
