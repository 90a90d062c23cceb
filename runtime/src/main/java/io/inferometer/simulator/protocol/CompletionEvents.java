package io.inferometer.simulator.protocol;

import static io.inferometer.simulator.protocol.EventWriter.bytes;

import io.netty.buffer.ByteBuf;

/**
 * The events of a chat or text completion.
 *
 * <p>The first one carries the role beside the first text, the last one the finish reason beside the last text; so the first
 * event is the first token by anybody's definition.
 */
final class CompletionEvents implements EventFormat {
    private static final String DONE = "data: [DONE]";
    private static final byte[] NO_LINES = {};
    private static final byte[] ROLE = bytes("\"role\":\"assistant\",");
    private static final byte[] REASONING = bytes("\"reasoning_content\":\"");
    private static final byte[] CONTENT = bytes("\"content\":\"");
    private static final byte[] MORE_ARGUMENTS = bytes("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"");
    private static final byte[] ARGUMENTS_END = bytes(Order.ARGUMENTS_END);
    private static final byte[] CALL_END = bytes("\"}}]");
    private static final byte[] TEXT_END = bytes("\"");
    private static final byte[] AND = bytes(",");

    private final Order order;
    private final EventWriter writer;
    private final boolean chat;
    private final boolean calls;
    private final byte[] before;
    private final byte[] callBegin;
    private final byte[] goesOn;
    private final byte[] lastEnd;
    private boolean begun;
    private boolean called;

    CompletionEvents(Order order, EventWriter writer) {
        this.order = order;
        this.writer = writer;
        this.chat = order.ask().protocol() == Protocol.CHAT;
        this.calls = !order.tool().isEmpty();
        this.before = bytes("," + identity() + ",\"choices\":[{\"index\":0,\"" + (chat ? "delta\":{" : "text\":\""));
        this.callBegin = bytes(calls ? CompletionBody.call(order, "\"index\":0,") + Order.ARGUMENTS : "");
        this.goesOn = ending("null");
        this.lastEnd = ending(CompletionBody.finishReason(order));
    }

    private String identity() {
        return order.identity(chat ? "chat.completion.chunk" : "text_completion");
    }

    private byte[] ending(String finishReason) {
        return bytes((chat ? "}" : "\"") + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]");
    }

    @Override
    public int size(int events, int tokens) {
        return events * (160 + before.length + callBegin.length + lastEnd.length) + tokens * Order.TOKEN.length();
    }

    @Override
    public void begin(ByteBuf out) {
        // The first token begins the stream.
    }

    @Override
    public void tokens(ByteBuf out, int reasoning, int visible, boolean last) {
        writer.begin(NO_LINES).put(before);
        if (!chat) {
            writer.tokens(reasoning + visible);
        } else {
            delta(reasoning, visible, last);
        }
        writer.put(last ? lastEnd : goesOn).end(out);
    }

    private void delta(int reasoning, int visible, boolean last) {
        if (!begun) {
            begun = true;
            writer.put(ROLE);
        }
        if (reasoning > 0) {
            writer.put(REASONING).tokens(reasoning).put(TEXT_END);
            if (visible == 0) {
                return;
            }
            writer.put(AND);
        }
        if (!calls) {
            writer.put(CONTENT).tokens(visible).put(TEXT_END);
            return;
        }
        writer.put(called ? MORE_ARGUMENTS : callBegin).tokens(visible);
        called = true;
        if (last) {
            writer.put(ARGUMENTS_END);
        }
        writer.put(CALL_END);
    }

    @Override
    public void end(ByteBuf out) {
        if (order.ask().text().includeUsage()) {
            if (order.tellsFalseUsageFirst()) {
                usage(out, order.falseUsage());
            }
            if (order.tellsUsage()) {
                usage(out, order.usage());
            }
        }
        EventWriter.plain(out, DONE + "\n\n");
    }

    private void usage(ByteBuf out, Usage usage) {
        writer.begin(NO_LINES)
                .put("," + identity() + ",\"choices\":[],\"usage\":" + usage.completions())
                .end(out);
    }

    @Override
    public void fail(ByteBuf out) {
        writer.begin(NO_LINES).put("," + order.failure().openAi()).end(out);
        EventWriter.plain(out, DONE + "\n\n");
    }

    @Override
    public String lastEvent() {
        return DONE;
    }
}
