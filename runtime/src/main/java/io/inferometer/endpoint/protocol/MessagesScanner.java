package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.util.List;

/**
 * Reads Anthropic's messages: blocks of text, thinking and calls of tools that begin, go on and stop. Its token counts are
 * told at the start and again before the end, each time for all that has been; what a cache held, or was given to keep, is
 * counted beside the rest of the prompt, and belongs to it.
 */
public final class MessagesScanner extends TypedScanner {
    private static final byte[] BLOCK_DELTA = ascii("content_block_delta");
    private static final byte[] MESSAGE_STOP = ascii("message_stop");
    /** All events but pieces of text. */
    private static final List<byte[]> OTHERS = List.of(
            ascii("content_block_start"),
            ascii("content_block_stop"),
            ascii("message_start"),
            ascii("message_delta"),
            MESSAGE_STOP,
            ascii("ping"));

    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] CONTENT_BLOCK = ascii("content_block");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] TEXT = ascii("text");
    private static final byte[] THINKING = ascii("thinking");
    private static final byte[] PARTIAL_JSON = ascii("partial_json");
    private static final byte[] NAME = ascii("name");
    private static final byte[] INPUT = ascii("input");
    private static final byte[] STOP_REASON = ascii("stop_reason");
    private static final byte[] INPUT_TOKENS = ascii("input_tokens");
    private static final byte[] CACHE_CREATION = ascii("cache_creation_input_tokens");
    private static final byte[] CACHE_READ = ascii("cache_read_input_tokens");
    private static final byte[] OUTPUT_TOKENS = ascii("output_tokens");

    private int inputTokens = Usage.ABSENT;
    private int cacheCreationTokens = Usage.ABSENT;
    private int cacheReadTokens = Usage.ABSENT;

    @Override
    String protocol() {
        return "messages";
    }

    @Override
    public Ending ending(RequestTimeline into, boolean done) {
        return over() ? Ending.WELL : into.carried(Carried.FINISH) ? Ending.WITHOUT_LAST : Ending.BROKEN;
    }

    @Override
    boolean own() {
        return typeIs(BLOCK_DELTA) || OTHERS.stream().anyMatch(this::typeIs);
    }

    @Override
    void read() {
        unlike |= !typeIs(BLOCK_DELTA);
        if (typeIs(MESSAGE_STOP)) {
            last();
        }
        long index = -1;
        if (timeline.calls().keeps()) {
            head.look(json);
            index = head.index();
            calling = timeline.calls().resume(index);
        }
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(DELTA)) {
                delta();
            } else if (json.keyIs(CONTENT_BLOCK)) {
                block(index);
            } else if (json.keyIs(MESSAGE)) {
                begun();
            } else if (json.keyIs(USAGE)) {
                counts(true);
            } else {
                other();
            }
        }
    }

    /** A piece of a block, by the only field that such a piece has; or why the message ended. */
    private void delta() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(TEXT)) {
                piece(Carried.CONTENT);
            } else if (json.keyIs(THINKING)) {
                piece(Carried.REASONING);
            } else if (json.keyIs(PARTIAL_JSON)) {
                carried |= Carried.CHOICES;
                if (json.string()) {
                    takeOfCall(EventValue.CALL_ARGUMENTS);
                }
            } else if (json.keyIs(STOP_REASON)) {
                finish();
            } else {
                json.skip();
            }
        }
    }

    private void piece(int channel) {
        carried |= Carried.CHOICES;
        text(channel);
    }

    /** A block as it begins, or as a whole; what tools found is in blocks too, under other names. */
    private void block(long index) {
        if (timeline.calls().keeps()) {
            head.look(json);
            calling = head.call() && timeline.calls().at(index, head.id());
        }
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(TEXT)) {
                text(Carried.CONTENT);
            } else if (json.keyIs(THINKING)) {
                text(Carried.REASONING);
            } else if (json.keyIs(NAME)) {
                functionName();
            } else if (json.keyIs(INPUT)) {
                argument();
            } else {
                json.skip();
            }
        }
    }

    /** The message as it begins: the tokens that it tells of its answer are no count of it. */
    private void begun() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(USAGE)) {
                counts(false);
            } else {
                json.skip();
            }
        }
    }

    @Override
    void answer() {
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(CONTENT)) {
                blocks();
            } else if (json.keyIs(STOP_REASON)) {
                finish();
            } else if (json.keyIs(USAGE)) {
                counts(true);
            } else if (json.keyIs(TYPE)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else {
                other();
            }
        }
    }

    private void blocks() {
        if (!json.enterArray()) {
            return;
        }
        for (int index = 0; json.nextElement(); index++) {
            block(index);
        }
    }

    private void counts(boolean ofAnswer) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextKey()) {
            if (json.keyIs(INPUT_TOKENS)) {
                inputTokens = told(inputTokens);
            } else if (json.keyIs(CACHE_CREATION)) {
                cacheCreationTokens = told(cacheCreationTokens);
            } else if (json.keyIs(CACHE_READ)) {
                cacheReadTokens = told(cacheReadTokens);
            } else if (json.keyIs(OUTPUT_TOKENS) && ofAnswer) {
                int tokens = count();
                if (tokens != Usage.ABSENT) {
                    carried |= Carried.USAGE;
                    timeline.completionTokens(tokens);
                }
            } else {
                json.skip();
            }
        }
        if (inputTokens != Usage.ABSENT) {
            carried |= Carried.USAGE;
            timeline.promptTokens(inputTokens + Math.max(0, cacheCreationTokens) + Math.max(0, cacheReadTokens));
        }
        timeline.cachedTokens(cacheReadTokens);
    }

    /** The last count told holds, but nothing, or a 0, is none after another. */
    private int told(int before) {
        int now = count();
        return now > 0 || before == Usage.ABSENT ? now : before;
    }
}
