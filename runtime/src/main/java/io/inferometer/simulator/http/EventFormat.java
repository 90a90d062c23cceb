package io.inferometer.simulator.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one answer's events: everything but stamps and texts is made once, so that formatting an event is copying.
 *
 * <p>Each event is an HTTP chunk of its own. The stamps stand at the front of its JSON object.
 */
final class EventFormat {
    private static final byte[] SENT = ("data: {\"" + AnswerBody.SENT_NANOS + "\":").getBytes(US_ASCII);
    private static final byte[] TOKEN = Order.TOKEN.getBytes(US_ASCII);
    private static final byte[] BETWEEN = "\",\"content\":\"".getBytes(US_ASCII);
    private static final byte[] DONE = "e\r\ndata: [DONE]\n\n\r\n".getBytes(US_ASCII);
    private static final byte[] NOTHING = {};

    private final Order order;
    private final boolean chat;
    private final byte[] beforeText;
    private final byte[] beforeReasoning;
    private final byte[] goesOn;
    private final byte[] lastEnd;
    private final byte[] digits = new byte[20];

    EventFormat(Order order) {
        this.order = order;
        this.chat = order.request().form() == Form.CHAT;
        this.beforeText = before("", "", false);
        this.beforeReasoning = before("", "", true);
        this.goesOn = end("null");
        this.lastEnd = end(order.finishReason());
    }

    /** An upper bound of what {@code tokens} tokens in {@code events} events take, without what comes at either end. */
    int size(int events, int tokens) {
        int before = Math.max(beforeText.length, beforeReasoning.length) + BETWEEN.length;
        int chunk = SENT.length + digits.length + before + lastEnd.length + 12;
        return events * chunk + tokens * TOKEN.length;
    }

    /** The first event, with the role, if it is a chat, and the time at which the request had been read. */
    void first(ByteBuf out, long sentNanos, long receivedNanos, int reasoning, int tokens, boolean last) {
        byte[] before = before(
                ",\"" + AnswerBody.RECEIVED_NANOS + "\":" + receivedNanos, "\"role\":\"assistant\",", reasoning > 0);
        text(out, sentNanos, before, reasoning, tokens, last);
    }

    /** Any later event, with tokens of reasoning and of text. */
    void next(ByteBuf out, long sentNanos, int reasoning, int tokens, boolean last) {
        text(out, sentNanos, reasoning > 0 ? beforeReasoning : beforeText, reasoning, tokens, last);
    }

    private void text(ByteBuf out, long sentNanos, byte[] before, int reasoning, int tokens, boolean last) {
        byte[] after = last ? lastEnd : goesOn;
        if (reasoning > 0 && tokens > 0) {
            chunk(out, sentNanos, before, reasoning, BETWEEN, tokens, after);
        } else {
            chunk(out, sentNanos, before, reasoning + tokens, NOTHING, 0, after);
        }
    }

    /** An event of token counts, such as {@link Order#usage}. */
    void usage(ByteBuf out, long sentNanos, String usage) {
        String rest = "," + order.identity(order.request().form().eventObject()) + ",\"choices\":[]," + usage + "}\n\n";
        chunk(out, sentNanos, rest.getBytes(UTF_8), 0, NOTHING, 0, NOTHING);
    }

    /** An event with an error object. */
    void error(ByteBuf out, long sentNanos, ApiException error) {
        chunk(out, sentNanos, ("," + error.json() + "}\n\n").getBytes(UTF_8), 0, NOTHING, 0, NOTHING);
    }

    /** The end mark. */
    void done(ByteBuf out) {
        out.writeBytes(DONE);
    }

    private byte[] before(String stamp, String role, boolean reasoning) {
        String text = chat
                ? "\"delta\":{" + role + (reasoning ? "\"reasoning_content\":\"" : "\"content\":\"")
                : "\"text\":\"";
        return (stamp + "," + order.identity(order.request().form().eventObject()) + ",\"choices\":[{\"index\":0,"
                        + text)
                .getBytes(UTF_8);
    }

    private byte[] end(String finishReason) {
        return ((chat ? "\"}" : "\"") + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n")
                .getBytes(US_ASCII);
    }

    private void chunk(ByteBuf out, long sentNanos, byte[] before, int tokens, byte[] between, int more, byte[] after) {
        int from = decimal(sentNanos);
        int stampLength = digits.length - from;
        int texts = (tokens + more) * TOKEN.length + between.length;
        hexLine(out, SENT.length + stampLength + before.length + texts + after.length);
        out.writeBytes(SENT).writeBytes(digits, from, stampLength).writeBytes(before);
        tokens(out, tokens);
        out.writeBytes(between);
        tokens(out, more);
        out.writeBytes(after);
        lineEnd(out);
    }

    private static void tokens(ByteBuf out, int tokens) {
        for (int i = 0; i < tokens; i++) {
            out.writeBytes(TOKEN);
        }
    }

    /** Writes {@code n} to the end of the digits, and returns where it begins. */
    private int decimal(long n) {
        int at = digits.length;
        long left = Math.abs(n);
        do {
            digits[--at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        if (n < 0) {
            digits[--at] = '-';
        }
        return at;
    }

    private static void hexLine(ByteBuf out, int n) {
        int shift = (31 - Integer.numberOfLeadingZeros(n)) & ~3;
        for (; shift >= 0; shift -= 4) {
            out.writeByte(Character.forDigit(n >>> shift & 0xf, 16));
        }
        lineEnd(out);
    }

    private static void lineEnd(ByteBuf out) {
        out.writeByte('\r').writeByte('\n');
    }
}
