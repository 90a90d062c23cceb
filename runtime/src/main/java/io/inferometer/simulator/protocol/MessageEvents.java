package io.inferometer.simulator.protocol;

import static io.inferometer.simulator.protocol.EventWriter.bytes;

import io.netty.buffer.ByteBuf;

/**
 * The events of a message. Those at its beginning carry no token; a block, of thinking, text or a tool's input, opens in the
 * same write as its first token, and closes in the same one as its last.
 */
final class MessageEvents implements EventFormat {
    private static final byte[] DELTA_LINES = bytes("event: content_block_delta\n");
    private static final byte[] DELTA_END = bytes("\"}");
    private static final byte[] NOTHING = {};
    private static final byte[] ARGUMENTS = bytes(Order.ARGUMENTS);
    private static final byte[] ARGUMENTS_END = bytes(Order.ARGUMENTS_END);

    private final Order order;
    private final EventWriter writer;
    private final boolean calls;
    private final int visibleIndex;
    private final byte[] thinkingDelta;
    private final byte[] visibleDelta;
    private int leftOfReasoning;
    private boolean reasoningOpen;
    private boolean visibleOpen;

    MessageEvents(Order order, EventWriter writer) {
        this.order = order;
        this.writer = writer;
        this.calls = !order.tool().isEmpty();
        this.leftOfReasoning = order.reasoningTokens();
        this.visibleIndex = leftOfReasoning > 0 ? 1 : 0;
        this.thinkingDelta = delta(0, "thinking_delta", "thinking");
        this.visibleDelta = calls
                ? delta(visibleIndex, "input_json_delta", "partial_json")
                : delta(visibleIndex, "text_delta", "text");
    }

    private static byte[] delta(int index, String type, String member) {
        return bytes(",\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":{\"type\":\"" + type + "\",\""
                + member + "\":\"");
    }

    @Override
    public int size(int events, int tokens) {
        return events * 224 + tokens * Order.TOKEN.length();
    }

    @Override
    public void begin(ByteBuf out) {
        event(out, "message_start", ",\"message\":" + MessageBody.begun(order));
        event(out, "ping", "");
    }

    @Override
    public void tokens(ByteBuf out, int reasoning, int visible, boolean last) {
        if (reasoning > 0) {
            if (!reasoningOpen) {
                reasoningOpen = true;
                open(out, 0, MessageBody.thinking("", ""));
            }
            writer.begin(DELTA_LINES)
                    .put(thinkingDelta)
                    .tokens(reasoning)
                    .put(DELTA_END)
                    .end(out);
            leftOfReasoning -= reasoning;
            if (leftOfReasoning == 0) {
                event(
                        out,
                        "content_block_delta",
                        ",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"" + MessageBody.SIGNATURE
                                + "\"}");
                close(out, 0);
            }
        }
        if (visible > 0) {
            visible(out, visible, last);
        }
    }

    private void visible(ByteBuf out, int tokens, boolean last) {
        boolean first = !visibleOpen;
        if (first) {
            visibleOpen = true;
            open(out, visibleIndex, calls ? MessageBody.call(order, "{}") : MessageBody.text(""));
        }
        writer.begin(DELTA_LINES)
                .put(visibleDelta)
                .put(calls && first ? ARGUMENTS : NOTHING)
                .tokens(tokens)
                .put(calls && last ? ARGUMENTS_END : NOTHING)
                .put(DELTA_END)
                .end(out);
        if (last) {
            close(out, visibleIndex);
        }
    }

    private void open(ByteBuf out, int index, String block) {
        event(out, "content_block_start", ",\"index\":" + index + ",\"content_block\":" + block);
    }

    private void close(ByteBuf out, int index) {
        event(out, "content_block_stop", ",\"index\":" + index);
    }

    @Override
    public void end(ByteBuf out) {
        if (order.tellsFalseUsageFirst()) {
            stop(out, order.falseUsage());
        }
        stop(out, order.usage());
        event(out, "message_stop", "");
    }

    private void stop(ByteBuf out, Usage usage) {
        event(
                out,
                "message_delta",
                ",\"delta\":{\"stop_reason\":" + MessageBody.stopReason(order) + ",\"stop_sequence\":null}"
                        + (order.tellsUsage() ? ",\"usage\":" + usage.messages() : ""));
    }

    @Override
    public void fail(ByteBuf out) {
        writer.begin(bytes("event: error\n"))
                .put("," + order.failure().json(Protocol.MESSAGES))
                .end(out);
    }

    private void event(ByteBuf out, String type, String members) {
        writer.begin(bytes("event: " + type + "\n"))
                .put(",\"type\":\"" + type + "\"" + members)
                .end(out);
    }

    @Override
    public String lastEvent() {
        return "event: message_stop";
    }
}
