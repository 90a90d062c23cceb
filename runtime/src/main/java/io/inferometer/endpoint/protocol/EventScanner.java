package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestTimeline;

/**
 * Reads chat completions and completions: which kind of text an event carries, token counts, how the answer ended, the
 * endpoint's own stamps, an error; with text as a string or as a list of parts, with reasoning under any of its names, and
 * with counts wherever they stand.
 */
public final class EventScanner extends LayoutScanner {
    /** A choice came without anything that could be text. */
    private static final int NO_DELTA = 1 << 8;

    private static final byte[] CHOICES = ascii("choices");
    private static final byte[] OBJECT = ascii("object");
    private static final byte[] OBFUSCATION = ascii("obfuscation");
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
    private static final byte[][] REASONING_KEYS = {
        REASONING_CONTENT,
        REASONING,
        REASONING_TEXT,
        REASONING_DETAILS,
        THINKING,
        THOUGHT,
        ascii("reasoning_summary"),
        ascii("thinking_content"),
        ascii("thinking_blocks"),
        ascii("thoughts")
    };
    /** What tells of a failure in an event that is neither a choice's nor a count. */
    private static final byte[][] COMPLAINTS = {ascii("message"), ascii("detail"), ascii("success")};

    private static final byte[] REFUSAL = ascii("refusal");
    private static final byte[] TOOL_CALLS = ascii("tool_calls");
    private static final byte[] FUNCTION_CALL = ascii("function_call");
    private static final byte[] FUNCTION = ascii("function");
    private static final byte[] CUSTOM = ascii("custom");
    private static final byte[] NAME = ascii("name");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] INPUT = ascii("input");

    /** Whether the text comes in messages, each of which is the part of an event, and not in deltas. */
    private boolean inMessages;
    /** Whether a field of the delta told reasoning. */
    private boolean reasoned;
    /** Whether one before this field did, so that this one repeats it. */
    private boolean repeated;

    @Override
    public Ending ending(RequestTimeline into, boolean done) {
        return done || into.carried(Carried.FINISH) || into.endsWithUsage() ? Ending.WELL : Ending.BROKEN;
    }

    @Override
    public String foreign(RequestTimeline into) {
        return into.carried(Carried.CHOICES) ? "" : "none with choices";
    }

    @Override
    void walked() {
        if ((carried & NO_DELTA) != 0) {
            carried = carried & ~NO_DELTA | Carried.ROLE;
        } else if (!Carried.tokens(carried) && timeline.carried(Carried.TOKENS)) {
            // A role that every event tells does not make an empty one an event that only tells a role.
            carried &= ~Carried.ROLE;
        }
    }

    @Override
    void answer() {
        event();
    }

    @Override
    void event() {
        int start = json.here();
        boolean complains = false;
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(CHOICES)) {
                choices();
            } else if (json.keyIs(USAGE)) {
                usage();
            } else if (json.keyIs(OBJECT) || json.keyIs(TYPE)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else if (json.keyIs(OBFUSCATION)) {
                passText();
            } else {
                complains |= json.keyIsOf(COMPLAINTS);
                if (json.isObject() && !isErrorKey()) {
                    usageWithin();
                } else {
                    other();
                }
            }
        }
        if (complains && (carried & (Carried.CHOICES | Carried.USAGE)) == 0) {
            error |= ErrorBody.isError(json.bytes(), start, json.here());
        }
    }

    /** An object in which token counts may stand, or a vendor's own error. */
    private void usageWithin() {
        boolean vendors = json.keyStartsWith('x');
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(USAGE)) {
                usage();
            } else if (vendors) {
                errorOrNothing();
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
                texts(Carried.CONTENT);
            } else if (json.keyIs(FINISH_REASON)) {
                finish();
            } else if (json.keyIs(INDEX)) {
                if (!json.skipZero() && json.number()) {
                    timeline.choices(tokens(json.value()) + 1);
                }
            } else if (json.keyIs(MESSAGE)) {
                if (!told && (inMessages || !timeline.carried(Carried.TOKENS))) {
                    told = true;
                    delta();
                    inMessages = Carried.tokens(carried);
                } else {
                    errorWithin();
                }
            } else if (json.keyIs(USAGE)) {
                usage();
            } else {
                errorOrNothing();
            }
        }
        carried |= told ? 0 : NO_DELTA;
    }

    /** A message that repeats what came before: an error in it is none of that. */
    private void errorWithin() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            errorOrNothing();
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
                texts(Carried.CONTENT);
            } else if (reasoningKey()) {
                texts(Carried.REASONING);
            } else if (json.keyIs(ROLE)) {
                if (!json.isNull()) {
                    carried |= Carried.ROLE;
                }
                json.skip();
            } else if (json.keyIs(REFUSAL)) {
                texts(Carried.REFUSAL);
            } else if (json.keyIs(TOOL_CALLS)) {
                toolCalls();
            } else if (json.keyIs(FUNCTION_CALL)) {
                function();
            } else if (json.keyIs(USAGE)) {
                usage();
            } else {
                errorOrNothing();
            }
        }
    }

    private boolean reasoningKey() {
        return (json.keyStartsWith('r') || json.keyStartsWith('t')) && json.keyIsOf(REASONING_KEYS);
    }

    private void toolCalls() {
        if (json.isObject()) {
            toolCall();
        } else if (json.enterArray()) {
            for (int count = 1; json.nextElement(); count++) {
                // A layout tells the pieces of one call alone.
                unlike |= count > 1 && timeline.calls().keeps();
                toolCall();
            }
        }
    }

    private void toolCall() {
        if (timeline.calls().keeps()) {
            head.look(json);
            calling = !head.custom() && timeline.calls().at(head.index(), head.id());
        }
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(FUNCTION) || json.keyIs(CUSTOM)) {
                function();
            } else if (json.keyIs(NAME)) {
                functionName();
            } else if (json.keyIs(ARGUMENTS)) {
                argument();
            } else {
                json.skip();
            }
        }
        calling = false;
    }

    private void function() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(NAME)) {
                functionName();
            } else if (json.keyIs(ARGUMENTS) || json.keyIs(INPUT)) {
                argument();
            } else {
                json.skip();
            }
        }
    }

    /** The text of a string, a part, or a list of them, where there is any. */
    private void texts(int kind) {
        if (json.isString()) {
            json.string();
            takeOnce(kind);
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
            takeOnce(kind);
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
            takeOnce(kind);
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                if (json.isString()) {
                    json.string();
                    takeOnce(kind);
                } else if (json.enterObject()) {
                    while (json.nextKey()) {
                        if (json.keyIs(TEXT) && json.isString()) {
                            json.string();
                            takeOnce(kind);
                        } else {
                            json.skip();
                        }
                    }
                }
            }
        }
    }

    /** The string just read, if it is not empty; an endpoint that has two names for reasoning sends it twice. */
    private void takeOnce(int kind) {
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
}
