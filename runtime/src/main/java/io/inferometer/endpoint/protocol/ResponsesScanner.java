package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestTimeline;
import java.util.Arrays;
import java.util.List;

/**
 * Reads OpenAI's responses: events that say what they are, with text under {@code delta}, and an end that holds the token
 * counts. An answer that was cut is told by an event of its own, or, as vLLM does, by the status of a completed one.
 */
public final class ResponsesScanner extends TypedScanner {
    private static final byte[] ITEM_ID = ascii("item_id");
    private static final byte[] OUTPUT_INDEX = ascii("output_index");
    private static final byte[] SEQUENCE_NUMBER = ascii("sequence_number");
    /** Noise of another length in each event, against those who would guess a text by the sizes of packets. */
    private static final byte[] OBFUSCATION = ascii("obfuscation");

    private static final byte[] OUTPUT = ascii("output");
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] SUMMARY = ascii("summary");
    private static final byte[] TEXT = ascii("text");
    private static final byte[] REFUSAL = ascii("refusal");
    private static final byte[] NAME = ascii("name");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] INPUT = ascii("input");
    private static final byte[] CODE = ascii("code");
    private static final byte[] OBJECT = ascii("object");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] INCOMPLETE_DETAILS = ascii("incomplete_details");
    private static final byte[] REASON = ascii("reason");
    private static final byte[] REASONING = ascii("reasoning");

    private static final ResponsesEvent[] EVENTS = ResponsesEvent.values();

    /** Events that carry no token. */
    private static final List<byte[]> SILENT = List.of(
            ascii("response.created"),
            ascii("response.queued"),
            ascii("response.in_progress"),
            ascii("response.output_item.done"),
            ascii("response.content_part.added"),
            ascii("response.content_part.done"),
            ascii("response.reasoning_summary_part.added"),
            ascii("response.reasoning_summary_part.done"),
            ascii("response.output_text.annotation.added"),
            ascii("keepalive"),
            ascii("ping"));

    /** How the types of events begin that tell how tools come along which the endpoint runs itself. */
    private static final List<byte[]> TOOLS_PROGRESS = List.of(
            ascii("response.web_search_call."),
            ascii("response.file_search_call."),
            ascii("response.image_generation_call."),
            ascii("response.mcp_call."),
            ascii("response.mcp_list_tools."),
            ascii("response.code_interpreter_call."));

    private final ItemKeys itemsWithDeltas = new ItemKeys();
    /** What the event at hand is; null where it carries nothing. */
    private ResponsesEvent event;

    @Override
    String protocol() {
        return "responses";
    }

    @Override
    public Ending ending(RequestTimeline into, boolean done) {
        return over() ? Ending.WELL : Ending.BROKEN;
    }

    @Override
    boolean own() {
        event = null;
        for (ResponsesEvent one : EVENTS) {
            if (typeIs(one.type())) {
                event = one;
                return true;
            }
        }
        return SILENT.stream().anyMatch(this::typeIs) || TOOLS_PROGRESS.stream().anyMatch(this::typeBegins);
    }

    @Override
    void read() {
        if (event == null) {
            skim();
            return;
        }
        switch (event.kind()) {
            case DELTA -> delta();
            case DONE -> done();
            default -> step();
        }
    }

    private void delta() {
        long item = 0;
        carried |= Carried.CHOICES;
        resumeCall();
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(event.field())) {
                piece();
            } else if (json.keyIs(SEQUENCE_NUMBER)) {
                passNumber();
            } else if (json.keyIs(OBFUSCATION)) {
                passText();
            } else if (isItem()) {
                item = item(item);
            } else {
                other();
            }
        }
        if (Carried.tokens(carried)) {
            itemsWithDeltas.add(item);
        }
    }

    private void piece() {
        if (event.channel() != Carried.TOOL) {
            text(event.channel());
        } else if (json.string()) {
            takeOfCall(EventValue.CALL_ARGUMENTS);
        }
    }

    /** Finds the call that the event at hand is a piece of, if it is of one that is kept. */
    private long resumeCall() {
        if (!timeline.calls().keeps()) {
            return -1;
        }
        head.look(json);
        calling = timeline.calls().resume(head.index());
        return head.index();
    }

    private void done() {
        long item = 0;
        int from = 0;
        int to = 0;
        unlike = true;
        resumeCall();
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(event.field())) {
                if (json.string()) {
                    from = json.rangeFrom();
                    to = json.rangeTo();
                }
            } else if (isItem()) {
                item = item(item);
            } else {
                other();
            }
        }
        if (to > from && !itemsWithDeltas.contains(item)) {
            carried |= Carried.CHOICES | event.channel();
            if (event.channel() == Carried.REASONING) {
                timeline.reasoning(json.bytes(), from, to);
            } else if (event.channel() == Carried.TOOL && calling) {
                timeline.callArguments(json.bytes(), from, to);
            } else {
                timeline.text(json.bytes(), from, to);
            }
        }
    }

    private boolean isItem() {
        return json.keyIs(ITEM_ID) || json.keyIs(OUTPUT_INDEX);
    }

    /** The key of the part of the answer that an event is of: that of its id, or else of its place. */
    private long item(long known) {
        boolean id = json.keyIs(ITEM_ID);
        json.skipKnown();
        return id || known == 0 ? ItemKeys.key(json.bytes(), json.rangeFrom(), json.rangeTo()) : known;
    }

    private void step() {
        unlike = true;
        error |= event.kind() == ResponsesEvent.Kind.FAILED;
        long index = resumeCall();
        json.enterObject();
        while (json.nextKey()) {
            if (!json.keyIs(event.field())) {
                other();
            } else if (event == ResponsesEvent.ITEM_ADDED) {
                function(false, index);
            } else {
                response(!timeline.carried(Carried.TOKENS));
            }
        }
        if (event.kind() == ResponsesEvent.Kind.END) {
            last();
            if ((carried & Carried.FINISH) == 0) {
                carried |= Carried.FINISH;
                timeline.finishReason(event == ResponsesEvent.COMPLETED ? "completed" : "incomplete");
            }
        }
    }

    @Override
    void answer() {
        response(true);
    }

    /**
     * The response itself, as the end of a stream holds it and as it comes in one body.
     *
     * @param withOutput whether its text is taken; the end of a stream repeats what came before
     */
    private void response(boolean withOutput) {
        if (!json.enterObject()) {
            return;
        }
        boolean reasoned = false;
        while (json.nextKey()) {
            if (json.keyIs(OUTPUT) && withOutput) {
                output();
            } else if (json.keyIs(USAGE)) {
                usage();
            } else if (json.keyIs(INCOMPLETE_DETAILS)) {
                reasoned |= reason();
            } else if (json.keyIs(STATUS) && !reasoned) {
                finish();
            } else if (json.keyIs(TYPE) || json.keyIs(OBJECT)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else {
                other();
            }
        }
    }

    /** Why an answer is incomplete, which tells more than its status; false where nothing says so. */
    private boolean reason() {
        boolean told = false;
        if (json.enterObject()) {
            while (json.nextKey()) {
                if (json.keyIs(REASON) && json.isString()) {
                    finish();
                    told = true;
                } else {
                    json.skip();
                }
            }
        }
        return told;
    }

    private void output() {
        if (!json.enterArray()) {
            return;
        }
        for (int index = 0; json.nextElement(); index++) {
            function(true, index);
        }
    }

    /**
     * A part of the answer: a message, reasoning, or the call of a function.
     *
     * @param whole whether it is all there; of one that only begins, the name of a function alone is taken
     * @param index its place among the parts
     */
    private void function(boolean whole, long index) {
        if (timeline.calls().keeps()) {
            head.look(json);
            calling = head.call() && timeline.calls().at(index, head.callId());
        }
        boolean reasoning = isReasoning();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(NAME)) {
                functionName();
            } else if (whole && (json.keyIs(ARGUMENTS) || json.keyIs(INPUT) || json.keyIs(CODE))) {
                argument();
            } else if (whole && (json.keyIs(CONTENT) || json.keyIs(SUMMARY))) {
                parts(reasoning ? Carried.REASONING : Carried.CONTENT);
            } else {
                json.skip();
            }
        }
    }

    private boolean isReasoning() {
        int place = json.here();
        boolean reasoning = false;
        if (json.enterObject()) {
            while (json.nextKey()) {
                if (json.keyIs(TYPE) && json.isString()) {
                    json.string();
                    reasoning |= json.keyIs(REASONING);
                } else {
                    json.skip();
                }
            }
        }
        json.back(place);
        return reasoning;
    }

    private void parts(int channel) {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (!json.enterObject()) {
                continue;
            }
            while (json.nextKey()) {
                if (json.keyIs(TEXT)) {
                    text(channel);
                } else if (json.keyIs(REFUSAL)) {
                    text(Carried.REFUSAL);
                } else {
                    json.skip();
                }
            }
        }
    }

    /**
     * The parts of an answer that text came of, each kept as a hash of its id (64 bits, FNV-1a), so that nothing is made for an
     * event.
     */
    private static final class ItemKeys {
        private static final long BASIS = 0xcbf29ce484222325L;
        private static final long PRIME = 0x100000001b3L;

        private long[] keys = new long[4];
        private int count;

        /** The key of an id. */
        static long key(byte[] bytes, int from, int to) {
            long hash = BASIS;
            for (int i = from; i < to; i++) {
                hash = (hash ^ bytes[i]) * PRIME;
            }
            return hash;
        }

        void add(long key) {
            if (contains(key)) {
                return;
            }
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
            }
            keys[count++] = key;
        }

        boolean contains(long key) {
            // The last one is nearly always the one that is asked for.
            for (int i = count - 1; i >= 0; i--) {
                if (keys[i] == key) {
                    return true;
                }
            }
            return false;
        }
    }
}
