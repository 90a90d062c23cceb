package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.nio.charset.StandardCharsets;

/**
 * Finds in the JSON of a streamed event what a benchmark needs of it: which kind of text it carries, token counts, the
 * endpoint's own stamps, an error.
 *
 * <p>One pass over the bytes, in place, in any order of keys and with any white space; values of no interest are skipped
 * without being looked at closely. An event that is laid out like the one before is not even walked through: see {@link
 * EventLayout}. Understands the chunks of chat completions and of completions, with reasoning under
 * either of its names. Used by one thread at a time.
 */
public final class EventScanner {
    /** The event is no JSON object. */
    public static final int MALFORMED = -1;
    /** The event is, or holds, an error object: {@code error} is there, or {@code object} is "error". */
    public static final int ERROR = -2;

    /** The field in which the simulated endpoint tells when it wrote an event. */
    private static final byte[] SENT_NANOS = ascii("sent_nanos");
    /** The field in which the simulated endpoint tells when it had read the request. */
    private static final byte[] RECEIVED_NANOS = ascii("received_nanos");

    private static final byte[] CHOICES = ascii("choices");
    private static final byte[] USAGE = ascii("usage");
    private static final byte[] ERROR_KEY = ascii("error");
    private static final byte[] OBJECT = ascii("object");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] TEXT = ascii("text");
    private static final byte[] FINISH_REASON = ascii("finish_reason");
    private static final byte[] ROLE = ascii("role");
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] REASONING = ascii("reasoning");
    private static final byte[] REASONING_CONTENT = ascii("reasoning_content");
    private static final byte[] REFUSAL = ascii("refusal");
    private static final byte[] TOOL_CALLS = ascii("tool_calls");
    private static final byte[] FUNCTION_CALL = ascii("function_call");
    private static final byte[] FUNCTION = ascii("function");
    private static final byte[] NAME = ascii("name");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] PROMPT_TOKENS = ascii("prompt_tokens");
    private static final byte[] INPUT_TOKENS = ascii("input_tokens");
    private static final byte[] COMPLETION_TOKENS = ascii("completion_tokens");
    private static final byte[] OUTPUT_TOKENS = ascii("output_tokens");
    private static final byte[] REASONING_TOKENS = ascii("reasoning_tokens");
    private static final byte[] CACHED_TOKENS = ascii("cached_tokens");

    private final JsonCursor json = new JsonCursor();
    private final EventLayout layout = new EventLayout();
    private RequestTimeline timeline;
    private int carried;
    private long serverSent;

    /**
     * Reads one event into the timeline.
     *
     * @param nanos when the read that completed the event returned
     * @return the bits of {@link Carried}; or {@link #MALFORMED} or {@link #ERROR}, and then the timeline has no event
     */
    public int scan(byte[] bytes, int from, int to, long nanos, RequestTimeline into) {
        timeline = into;
        serverSent = RequestRecord.ABSENT;
        if (layout.fits(bytes, from, to)) {
            for (int i = 0; i < layout.count(); i++) {
                take(layout.kind(i), bytes, layout.from(i), layout.to(i));
            }
            carried = layout.carried();
        } else {
            int fault = walk(bytes, from, to);
            if (fault < 0) {
                return fault;
            }
        }
        into.event(nanos, carried, serverSent);
        return carried;
    }

    /** Reads the event key by key, and remembers its layout; gives what is wrong with it, or 0. */
    private int walk(byte[] bytes, int from, int to) {
        layout.forget();
        carried = 0;
        json.start(bytes, from, to);
        if (!json.isObject()) {
            return MALFORMED;
        }
        boolean error = event();
        if (!json.endsWell()) {
            return MALFORMED;
        }
        if (error) {
            return ERROR;
        }
        layout.remember(bytes, from, to, carried);
        return 0;
    }

    private boolean event() {
        boolean error = false;
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(CHOICES)) {
                choices();
            } else if (json.keyIs(USAGE)) {
                usage(true);
            } else if (json.keyIs(SENT_NANOS)) {
                number(EventValue.SENT_NANOS);
            } else if (json.keyIs(RECEIVED_NANOS)) {
                number(EventValue.RECEIVED_NANOS);
            } else if (json.keyIs(ERROR_KEY)) {
                error |= !json.isNull();
                json.skip();
            } else if (json.keyIs(OBJECT)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else {
                json.skip();
            }
        }
        return error;
    }

    private void choices() {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            carried |= Carried.CHOICES;
            choice();
        }
    }

    private void choice() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(DELTA)) {
                delta();
            } else if (json.keyIs(TEXT)) {
                text(Carried.CONTENT);
            } else if (json.keyIs(FINISH_REASON)) {
                if (!json.isNull()) {
                    carried |= Carried.FINISH;
                }
                json.skip();
            } else {
                json.skip();
            }
        }
    }

    private void delta() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(CONTENT)) {
                text(Carried.CONTENT);
            } else if (json.keyIs(REASONING_CONTENT) || json.keyIs(REASONING)) {
                text(Carried.REASONING);
            } else if (json.keyIs(ROLE)) {
                if (!json.isNull()) {
                    carried |= Carried.ROLE;
                }
                json.skip();
            } else if (json.keyIs(REFUSAL)) {
                text(Carried.REFUSAL);
            } else if (json.keyIs(TOOL_CALLS)) {
                toolCalls();
            } else if (json.keyIs(FUNCTION_CALL)) {
                function();
            } else {
                json.skip();
            }
        }
    }

    private void toolCalls() {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (!json.enterObject()) {
                continue;
            }
            while (json.nextKey()) {
                if (json.keyIs(FUNCTION)) {
                    function();
                } else {
                    json.skip();
                }
            }
        }
    }

    private void function() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(NAME) || json.keyIs(ARGUMENTS)) {
                text(Carried.TOOL);
            } else {
                json.skip();
            }
        }
    }

    /** A string's text, where there is any; a server that sends both names of reasoning in one event sends it twice. */
    private void text(int kind) {
        if (!json.string() || json.rangeTo() == json.rangeFrom()) {
            return;
        }
        if (kind != Carried.REASONING) {
            take(EventValue.TEXT);
        } else {
            take((carried & kind) == 0 ? EventValue.REASONING : EventValue.REPEATED_REASONING);
        }
        carried |= kind;
    }

    /** Token counts, in the object itself or, {@code withDetails}, in the objects that it holds. */
    private void usage(boolean withDetails) {
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
            } else if (json.keyIs(REASONING_TOKENS)) {
                number(EventValue.REASONING_TOKENS);
            } else if (json.keyIs(CACHED_TOKENS)) {
                number(EventValue.CACHED_TOKENS);
            } else if (withDetails && json.isObject()) {
                usage(false);
            } else {
                json.skip();
            }
        }
    }

    private void number(EventValue kind) {
        if (json.number()) {
            take(kind);
        }
    }

    private void take(EventValue kind) {
        layout.value(kind, json.rangeFrom(), json.rangeTo());
        take(kind, json.bytes(), json.rangeFrom(), json.rangeTo());
    }

    private void take(EventValue kind, byte[] bytes, int from, int to) {
        switch (kind) {
            case TEXT -> timeline.text(bytes, from, to);
            case REASONING -> timeline.reasoning(bytes, from, to);
            case REPEATED_REASONING -> {}
            case SENT_NANOS -> serverSent = JsonNumber.value(bytes, from, to);
            case RECEIVED_NANOS -> timeline.serverReceived(JsonNumber.value(bytes, from, to));
            case PROMPT_TOKENS -> timeline.promptTokens(tokens(bytes, from, to));
            case COMPLETION_TOKENS -> timeline.completionTokens(tokens(bytes, from, to));
            case REASONING_TOKENS -> timeline.reasoningTokens(tokens(bytes, from, to));
            case CACHED_TOKENS -> timeline.cachedTokens(tokens(bytes, from, to));
        }
    }

    private static int tokens(byte[] bytes, int from, int to) {
        long tokens = JsonNumber.value(bytes, from, to);
        return tokens < 0 || tokens > Integer.MAX_VALUE ? Usage.ABSENT : (int) tokens;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
