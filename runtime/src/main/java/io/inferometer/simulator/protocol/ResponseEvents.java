package io.inferometer.simulator.protocol;

import static io.inferometer.simulator.protocol.EventWriter.bytes;

import io.netty.buffer.ByteBuf;

/**
 * The events of a response. Those of its life cycle carry no token; an item, of reasoning or visible, opens in the same write
 * as its first token, and closes in the same one as its last.
 */
final class ResponseEvents implements EventFormat {
    private static final String REASONING = "reasoning_text";
    private static final byte[] TEXT_END = bytes("\"");
    private static final byte[] VISIBLE_TEXT_END = bytes("\",\"logprobs\":[]");
    private static final byte[] ARGUMENTS = bytes(Order.ARGUMENTS);
    private static final byte[] ARGUMENTS_END = bytes(Order.ARGUMENTS_END);

    private final Order order;
    private final EventWriter writer;
    private final ResponseBody body;
    private final boolean calls;
    private final Delta reasoningDelta;
    private final Delta visibleDelta;
    private final String visibleKind;
    private final int visibleIndex;
    private int sequence;
    private int leftOfReasoning;
    private boolean reasoningOpen;
    private boolean visibleOpen;

    ResponseEvents(Order order, EventWriter writer) {
        this.order = order;
        this.writer = writer;
        this.body = new ResponseBody(order);
        this.calls = !order.tool().isEmpty();
        this.leftOfReasoning = order.reasoningTokens();
        this.visibleIndex = leftOfReasoning > 0 ? 1 : 0;
        this.visibleKind = calls ? "function_call_arguments" : "output_text";
        this.reasoningDelta = Delta.of(REASONING, body.reasoningId(), 0, true);
        this.visibleDelta = Delta.of(visibleKind, body.visibleId(), visibleIndex, !calls);
    }

    /** What is the same in all deltas of a kind. */
    private record Delta(byte[] lines, byte[] type, byte[] place) {
        static Delta of(String kind, String item, int index, boolean part) {
            String type = "response." + kind + ".delta";
            return new Delta(
                    bytes("event: " + type + "\n"),
                    bytes(",\"type\":\"" + type + "\",\"sequence_number\":"),
                    bytes("," + where(item, index, part) + ",\"delta\":\""));
        }
    }

    private static String where(String item, int index, boolean part) {
        return "\"item_id\":\"" + item + "\",\"output_index\":" + index + (part ? ",\"content_index\":0" : "");
    }

    @Override
    public int size(int events, int tokens) {
        return events * 384 + tokens * Order.TOKEN.length();
    }

    @Override
    public void begin(ByteBuf out) {
        event(out, "response.created", "\"response\":" + body.begun(null));
        event(out, "response.in_progress", "\"response\":" + body.begun(null));
    }

    @Override
    public void tokens(ByteBuf out, int reasoning, int visible, boolean last) {
        if (reasoning > 0) {
            if (!reasoningOpen) {
                reasoningOpen = true;
                openReasoning(out);
            }
            begin(reasoningDelta).tokens(reasoning).put(TEXT_END).end(out);
            leftOfReasoning -= reasoning;
            if (leftOfReasoning == 0) {
                closeReasoning(out);
            }
        }
        if (visible > 0) {
            visible(out, visible, last);
        }
    }

    private EventWriter begin(Delta delta) {
        return writer.begin(delta.lines).put(delta.type).number(sequence++).put(delta.place);
    }

    private void visible(ByteBuf out, int tokens, boolean last) {
        boolean first = !visibleOpen;
        if (first) {
            visibleOpen = true;
            openVisible(out);
        }
        begin(visibleDelta);
        if (calls) {
            writer.put(first ? ARGUMENTS : new byte[0]).tokens(tokens);
            writer.put(last ? ARGUMENTS_END : new byte[0]).put(TEXT_END);
        } else {
            writer.tokens(tokens).put(VISIBLE_TEXT_END);
        }
        writer.end(out);
        if (last) {
            closeVisible(out);
        }
    }

    private void openReasoning(ByteBuf out) {
        item(out, "added", 0, body.reasoningItem("in_progress", ""));
        part(out, "added", body.reasoningId(), 0, ResponseBody.part(REASONING, ""));
    }

    private void closeReasoning(ByteBuf out) {
        String text = Order.text(order.reasoningTokens());
        event(
                out,
                "response." + REASONING + ".done",
                where(body.reasoningId(), 0, true) + ",\"text\":\"" + text + "\"");
        String part = ResponseBody.part(REASONING, text);
        part(out, "done", body.reasoningId(), 0, part);
        item(out, "done", 0, body.reasoningItem("completed", part));
    }

    private void openVisible(ByteBuf out) {
        item(out, "added", visibleIndex, body.visibleItem("in_progress", false));
        if (!calls) {
            part(out, "added", body.visibleId(), visibleIndex, ResponseBody.part("output_text", ""));
        }
    }

    private void closeVisible(ByteBuf out) {
        String text = Order.text(order.visibleTokens());
        String place = where(body.visibleId(), visibleIndex, !calls);
        String whole = calls
                ? ",\"name\":" + JsonText.quote(order.tool()) + ",\"arguments\":\"" + order.arguments() + "\""
                : ",\"text\":\"" + text + "\",\"logprobs\":[]";
        event(out, "response." + visibleKind + ".done", place + whole);
        if (!calls) {
            part(out, "done", body.visibleId(), visibleIndex, ResponseBody.part("output_text", text));
        }
        item(out, "done", visibleIndex, body.visibleItem(body.status(), true));
    }

    private void item(ByteBuf out, String what, int index, String item) {
        event(out, "response.output_item." + what, "\"output_index\":" + index + ",\"item\":" + item);
    }

    private void part(ByteBuf out, String what, String item, int index, String part) {
        event(out, "response.content_part." + what, where(item, index, true) + ",\"part\":" + part);
    }

    @Override
    public void end(ByteBuf out) {
        if (order.tellsFalseUsageFirst()) {
            event(out, "response.in_progress", "\"response\":" + body.begun(order.falseUsage()));
        }
        event(out, "response." + body.status(), "\"response\":" + body.ended());
    }

    @Override
    public void fail(ByteBuf out) {
        ApiException failure = order.failure();
        event(
                out,
                "error",
                "\"code\":" + JsonText.quote(failure.code()) + ",\"message\":" + JsonText.quote(failure.getMessage())
                        + ",\"param\":null");
        event(out, "response.failed", "\"response\":" + body.failed());
    }

    private void event(ByteBuf out, String type, String members) {
        writer.begin(bytes("event: " + type + "\n"))
                .put(",\"type\":\"" + type + "\",\"sequence_number\":")
                .number(sequence++)
                .put("," + members)
                .end(out);
    }

    @Override
    public String lastEvent() {
        return "event: response." + body.status();
    }
}
