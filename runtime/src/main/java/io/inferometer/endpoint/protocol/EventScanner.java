package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.nio.charset.StandardCharsets;

/**
 * Finds in the JSON of a streamed event, or of an answer in one body, what a benchmark needs of it: which kind of text it
 * carries, token counts, how it ended, the endpoint's own stamps, an error.
 *
 * <p>One pass over the bytes, in place, in any order of keys and with any white space; values of no interest are skipped
 * without being looked at closely. An event that is laid out like the one before is not even walked through: see {@link
 * EventLayout}. Understands chat completions and completions, with text as a string or as a list of parts, with reasoning
 * under any of its names, and with counts wherever they stand. Used by one thread at a time.
 */
public final class EventScanner implements FrameScanner {
    /** A choice came without anything that could be text. */
    private static final int NO_DELTA = 1 << 8;

    /** The field in which the simulated endpoint tells when it wrote an event. */
    private static final byte[] SENT_NANOS = ascii("sent_nanos");
    /** The field in which the simulated endpoint tells when it had read the request. */
    private static final byte[] RECEIVED_NANOS = ascii("received_nanos");

    private static final byte[] CHOICES = ascii("choices");
    private static final byte[] USAGE = ascii("usage");
    private static final byte[] ERROR_KEY = ascii("error");
    private static final byte[] ERRORS = ascii("errors");
    private static final byte[] OBJECT = ascii("object");
    private static final byte[] TYPE = ascii("type");
    private static final byte[] INDEX = ascii("index");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] TEXT = ascii("text");
    private static final byte[] FINISH_REASON = ascii("finish_reason");
    private static final byte[] ROLE = ascii("role");
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] REASONING = ascii("reasoning");
    private static final byte[] REASONING_CONTENT = ascii("reasoning_content");
    private static final byte[] REASONING_TEXT = ascii("reasoning_text");
    private static final byte[] REASONING_DETAILS = ascii("reasoning_details");
    private static final byte[] THINKING = ascii("thinking");
    private static final byte[] THOUGHT = ascii("thought");
    private static final byte[] REFUSAL = ascii("refusal");
    private static final byte[] TOOL_CALLS = ascii("tool_calls");
    private static final byte[] FUNCTION_CALL = ascii("function_call");
    private static final byte[] FUNCTION = ascii("function");
    private static final byte[] CUSTOM = ascii("custom");
    private static final byte[] NAME = ascii("name");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] INPUT = ascii("input");
    private static final byte[] PROMPT_TOKENS = ascii("prompt_tokens");
    private static final byte[] INPUT_TOKENS = ascii("input_tokens");
    private static final byte[] COMPLETION_TOKENS = ascii("completion_tokens");
    private static final byte[] OUTPUT_TOKENS = ascii("output_tokens");
    private static final byte[] TOTAL_TOKENS = ascii("total_tokens");
    private static final byte[] REASONING_TOKENS = ascii("reasoning_tokens");
    private static final byte[] CACHED_TOKENS = ascii("cached_tokens");
    private static final byte[] CACHE_HIT_TOKENS = ascii("prompt_cache_hit_tokens");

    private final JsonCursor json = new JsonCursor();
    private final EventLayout layout = new EventLayout();
    private RequestTimeline timeline;
    private int carried;
    private long serverSent;
    private boolean error;
    /** Whether the event has a value that its layout can't tell. */
    private boolean unlike;
    /** Whether a field of the delta told reasoning. */
    private boolean reasoned;
    /** Whether one before this field did, so that this one repeats it. */
    private boolean repeated;

    @Override
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

    @Override
    public int scanWhole(byte[] bytes, int from, int to, RequestTimeline into) {
        timeline = into;
        serverSent = RequestRecord.ABSENT;
        int fault = walk(bytes, from, to);
        into.answered(fault < 0 ? 0 : carried, serverSent);
        return fault < 0 ? fault : carried;
    }

    /** Reads the event key by key, and remembers its layout; gives what is wrong with it, or 0. */
    private int walk(byte[] bytes, int from, int to) {
        layout.forget();
        carried = 0;
        error = false;
        unlike = false;
        json.start(bytes, from, to);
        if (!json.isObject()) {
            return MALFORMED;
        }
        event();
        if (!json.endsWell()) {
            return MALFORMED;
        }
        if (error) {
            return ERROR;
        }
        if ((carried & NO_DELTA) != 0) {
            carried = carried & ~NO_DELTA | Carried.ROLE;
        } else if (!Carried.tokens(carried) && timeline.carried(Carried.TOKENS)) {
            // A role that every event tells does not make an empty one an event that only tells a role.
            carried &= ~Carried.ROLE;
        }
        if (!unlike) {
            layout.remember(bytes, from, to, carried);
        }
        return 0;
    }

    private void event() {
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
            } else if (json.keyIs(OBJECT) || json.keyIs(TYPE)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else {
                other();
            }
        }
    }

    /** A value that is nothing, an error, or an object in which token counts may stand. */
    private void other() {
        if (isErrorKey()) {
            error |= !json.skipEmpty();
        } else if (json.isObject()) {
            usageWithin();
        } else {
            json.skip();
        }
    }

    /** A value that is nothing, or an error. */
    private void otherOfChoice() {
        if (isErrorKey()) {
            error |= !json.skipEmpty();
        } else {
            json.skip();
        }
    }

    private boolean isErrorKey() {
        return json.keyStartsWith('e') && (json.keyIs(ERROR_KEY) || json.keyIs(ERRORS));
    }

    private void usageWithin() {
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(USAGE)) {
                usage(true);
            } else {
                json.skip();
            }
        }
    }

    private void choices() {
        if (!json.enterArray()) {
            return;
        }
        int count = 0;
        while (json.nextElement()) {
            carried |= Carried.CHOICES;
            if (++count > 1) {
                timeline.choices(count);
            }
            choice();
        }
    }

    private void choice() {
        if (!json.enterObject()) {
            return;
        }
        boolean told = false;
        while (json.nextKey()) {
            if (json.keyIs(DELTA)) {
                told = json.isObject();
                delta();
            } else if (json.keyIs(TEXT)) {
                told = true;
                text(Carried.CONTENT);
            } else if (json.keyIs(FINISH_REASON)) {
                finish();
            } else if (json.keyIs(INDEX)) {
                if (!json.skipZero() && json.number()) {
                    timeline.choices(tokens(json.value()) + 1);
                }
            } else if (json.keyIs(MESSAGE) && !told && !timeline.carried(Carried.TOKENS)) {
                told = true;
                delta();
            } else if (json.keyIs(USAGE)) {
                usage(true);
            } else {
                otherOfChoice();
            }
        }
        carried |= told ? 0 : NO_DELTA;
    }

    private void finish() {
        if (json.string() && json.rangeTo() > json.rangeFrom()) {
            carried |= Carried.FINISH;
            timeline.finishReason(new String(
                    json.bytes(), json.rangeFrom(), json.rangeTo() - json.rangeFrom(), StandardCharsets.UTF_8));
        }
    }

    private void delta() {
        if (!json.enterObject()) {
            return;
        }
        reasoned = false;
        while (json.nextKey()) {
            repeated = reasoned;
            if (json.keyIs(CONTENT)) {
                text(Carried.CONTENT);
            } else if (reasoningKey()) {
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
            } else if (json.keyIs(USAGE)) {
                usage(true);
            } else {
                otherOfChoice();
            }
        }
    }

    private boolean reasoningKey() {
        return (json.keyStartsWith('r') || json.keyStartsWith('t')) && isReasoningKey();
    }

    private boolean isReasoningKey() {
        return json.keyIs(REASONING_CONTENT)
                || json.keyIs(REASONING)
                || json.keyIs(REASONING_TEXT)
                || json.keyIs(REASONING_DETAILS)
                || json.keyIs(THINKING)
                || json.keyIs(THOUGHT);
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
                if (json.keyIs(FUNCTION) || json.keyIs(CUSTOM)) {
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
            if (json.keyIs(NAME) || json.keyIs(ARGUMENTS) || json.keyIs(INPUT)) {
                argument();
            } else {
                json.skip();
            }
        }
    }

    /** A text, or the object that some endpoints send in place of its text. */
    private void argument() {
        if (!json.isObject()) {
            text(Carried.TOOL);
            return;
        }
        json.skipKnown();
        if (json.rangeTo() - json.rangeFrom() > 2) {
            unlike = true;
            carried |= Carried.TOOL;
            timeline.text(json.bytes(), json.rangeFrom(), json.rangeTo());
        }
    }

    /** The text of a string, a part, or a list of them, where there is any. */
    private void text(int kind) {
        if (json.isString()) {
            json.string();
            takeText(kind);
        } else if (json.isArray()) {
            json.enterArray();
            while (json.nextElement()) {
                part(kind);
            }
        } else {
            part(kind);
        }
    }

    /** A part of a list: a string, or an object that holds its text under the name of its type, or as text. */
    private void part(int kind) {
        if (json.isString()) {
            json.string();
            takeText(kind);
            return;
        }
        if (!json.isObject()) {
            json.skip();
            return;
        }
        int ofType = partKind(kind);
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(TEXT) || json.keyIs(CONTENT)) {
                strings(ofType);
            } else if (reasoningKey()) {
                strings(Carried.REASONING);
            } else if (json.keyIs(REFUSAL)) {
                strings(Carried.REFUSAL);
            } else {
                json.skip();
            }
        }
    }

    /** What the text of the part ahead is, by its type. */
    private int partKind(int kind) {
        int place = json.here();
        int ofType = kind;
        json.enterObject();
        while (json.nextKey()) {
            if (!json.keyIs(TYPE)) {
                json.skip();
            } else if (json.string() && json.startsWithAny(THINKING, REASONING, THOUGHT)) {
                ofType = Carried.REASONING;
            }
        }
        json.back(place);
        return ofType;
    }

    /** A string, or the texts of a list of parts. */
    private void strings(int kind) {
        if (json.isString()) {
            json.string();
            takeText(kind);
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                if (json.isString()) {
                    json.string();
                    takeText(kind);
                } else if (json.enterObject()) {
                    while (json.nextKey()) {
                        if (json.keyIs(TEXT) && json.isString()) {
                            json.string();
                            takeText(kind);
                        } else {
                            json.skip();
                        }
                    }
                }
            }
        }
    }

    /** The string just read, if it is not empty; an endpoint that has two names for reasoning sends it twice. */
    private void takeText(int kind) {
        if (json.rangeTo() == json.rangeFrom()) {
            return;
        }
        if (kind != Carried.REASONING) {
            take(EventValue.TEXT);
        } else {
            take(repeated ? EventValue.REPEATED_REASONING : EventValue.REASONING);
            reasoned = true;
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
            } else if (json.keyIs(TOTAL_TOKENS)) {
                number(EventValue.TOTAL_TOKENS);
            } else if (json.keyIs(REASONING_TOKENS)) {
                number(EventValue.REASONING_TOKENS);
            } else if (json.keyIs(CACHED_TOKENS) || json.keyIs(CACHE_HIT_TOKENS)) {
                number(EventValue.CACHED_TOKENS);
            } else if (withDetails && json.isObject()) {
                usage(false);
            } else {
                json.skip();
            }
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

    private void take(EventValue kind) {
        layout.value(kind, json.rangeFrom(), json.rangeTo());
        take(kind, json.bytes(), json.rangeFrom(), json.rangeTo());
    }

    private void take(EventValue kind, byte[] bytes, int from, int to) {
        switch (kind) {
            case TEXT -> timeline.text(bytes, from, to);
            case REASONING -> timeline.reasoning(bytes, from, to);
            case REPEATED_REASONING -> {}
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
            case TEXT, REASONING, REPEATED_REASONING -> throw new IllegalArgumentException("no number: " + kind);
        }
    }

    private static int tokens(long number) {
        return number < 0 || number >= Integer.MAX_VALUE ? Usage.ABSENT : (int) number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
