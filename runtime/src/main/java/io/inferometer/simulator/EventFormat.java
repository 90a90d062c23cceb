package io.inferometer.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one answer's events: everything but stamps and texts is made once, so that formatting an event is copying.
 *
 * <p>Each event is an HTTP chunk of its own. The stamps stand at the front of its JSON object.
 */
final class EventFormat {
    private static final byte[] SENT = ("data: {\"" + SimulatedEndpoint.SENT_NANOS + "\":").getBytes(US_ASCII);
    private static final byte[] TOKEN = Order.TOKEN.getBytes(US_ASCII);
    private static final byte[] GOES_ON = end("null");
    private static final byte[] DONE = "e\r\ndata: [DONE]\n\n\r\n".getBytes(US_ASCII);
    private static final byte[] NOTHING = {};

    private final Order order;
    private final byte[] beforeText;
    private final byte[] lastEnd;
    private final byte[] digits = new byte[20];

    EventFormat(Order order) {
        this.order = order;
        this.beforeText = beforeText("", "");
        this.lastEnd = end(order.finishReason());
    }

    /** An upper bound of what {@code tokens} tokens in {@code events} events take, without what comes at either end. */
    int size(int events, int tokens) {
        int chunk = SENT.length + digits.length + beforeText.length + lastEnd.length + 12;
        return events * chunk + tokens * TOKEN.length;
    }

    /** The first event, with the role and the time at which the request had been read. */
    void first(ByteBuf out, long sentNanos, long receivedNanos, int tokens, boolean last) {
        byte[] before =
                beforeText(",\"" + SimulatedEndpoint.RECEIVED_NANOS + "\":" + receivedNanos, "\"role\":\"assistant\",");
        chunk(out, sentNanos, before, tokens, last ? lastEnd : GOES_ON);
    }

    /** Any later event with text. */
    void next(ByteBuf out, long sentNanos, int tokens, boolean last) {
        chunk(out, sentNanos, beforeText, tokens, last ? lastEnd : GOES_ON);
    }

    /** The event of token counts. */
    void usage(ByteBuf out, long sentNanos) {
        String rest = "," + order.identity("chat.completion.chunk") + ",\"choices\":[]," + order.usage() + "}\n\n";
        chunk(out, sentNanos, rest.getBytes(UTF_8), 0, NOTHING);
    }

    /** An event with an error object. */
    void error(ByteBuf out, long sentNanos, ApiException error) {
        chunk(out, sentNanos, ("," + error.json() + "}\n\n").getBytes(UTF_8), 0, NOTHING);
    }

    /** The end mark. */
    void done(ByteBuf out) {
        out.writeBytes(DONE);
    }

    private byte[] beforeText(String stamp, String role) {
        return (stamp + "," + order.identity("chat.completion.chunk") + ",\"choices\":[{\"index\":0,\"delta\":{" + role
                        + "\"content\":\"")
                .getBytes(UTF_8);
    }

    private static byte[] end(String finishReason) {
        return ("\"},\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n").getBytes(US_ASCII);
    }

    private void chunk(ByteBuf out, long sentNanos, byte[] before, int tokens, byte[] after) {
        int from = decimal(sentNanos);
        int stampLength = digits.length - from;
        hexLine(out, SENT.length + stampLength + before.length + tokens * TOKEN.length + after.length);
        out.writeBytes(SENT).writeBytes(digits, from, stampLength).writeBytes(before);
        for (int i = 0; i < tokens; i++) {
            out.writeBytes(TOKEN);
        }
        out.writeBytes(after);
        lineEnd(out);
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
