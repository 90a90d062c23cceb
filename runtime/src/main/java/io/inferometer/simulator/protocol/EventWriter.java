package io.inferometer.simulator.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.LongSupplier;

/**
 * Writes the events of one stream, each as an HTTP chunk of its own with the server's stamps at the front of its JSON object:
 * {@link #begin}, then what the object holds, then {@link #end}. Of what does not change from event to event the bytes are
 * made once, by {@link #bytes(String)}; so to write an event is to copy.
 */
final class EventWriter {
    private static final byte[] DATA = bytes("data: {\"" + Stamps.SENT_NANOS + "\":");
    private static final byte[] RECEIVED = bytes(",\"" + Stamps.RECEIVED_NANOS + "\":");
    private static final byte[] TOKEN = bytes(Order.TOKEN);
    private static final byte[] OBJECT_END = bytes("}\n\n");
    private static final int SIZE = 512;
    private static final int DIGITS = 20;

    private final LongSupplier clock;
    private final long receivedNanos;
    private final ByteBuf event = Unpooled.buffer(SIZE);
    private final byte[] digits = new byte[DIGITS];
    private boolean begun;

    EventWriter(LongSupplier clock, long receivedNanos) {
        this.clock = clock;
        this.receivedNanos = receivedNanos;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Begins an event: its lines before the data, and the stamps, which are taken now. */
    EventWriter begin(byte[] lines) {
        event.clear().writeBytes(lines).writeBytes(DATA);
        number(clock.getAsLong());
        if (!begun) {
            begun = true;
            event.writeBytes(RECEIVED);
            number(receivedNanos);
        }
        return this;
    }

    EventWriter put(byte[] bytes) {
        event.writeBytes(bytes);
        return this;
    }

    EventWriter put(String text) {
        event.writeCharSequence(text, UTF_8);
        return this;
    }

    EventWriter tokens(int tokens) {
        for (int i = 0; i < tokens; i++) {
            event.writeBytes(TOKEN);
        }
        return this;
    }

    EventWriter number(long n) {
        int from = decimal(n);
        event.writeBytes(digits, from, DIGITS - from);
        return this;
    }

    /** Ends the event's JSON object and the event. */
    void end(ByteBuf out) {
        event.writeBytes(OBJECT_END);
        hexLine(out, event.readableBytes());
        out.writeBytes(event);
        lineEnd(out);
    }

    /** An event without an object, as it is. */
    static void plain(ByteBuf out, String event) {
        hexLine(out, event.length());
        out.writeCharSequence(event, US_ASCII);
        lineEnd(out);
    }

    /** Writes {@code n} to the end of the digits, and returns where it begins. */
    private int decimal(long n) {
        int at = DIGITS;
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
