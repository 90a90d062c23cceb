package io.inferometer.simulator.protocol;

import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/**
 * The bytes of one answer's events, in its protocol. Each event is an HTTP chunk of its own, stamped when it is written here,
 * directly before it is sent.
 */
public interface EventFormat {
    /**
     * The format of an answer.
     *
     * @param clock what the stamps are taken from
     * @param receivedNanos when the request had been read, by that clock
     */
    static EventFormat of(Order order, LongSupplier clock, long receivedNanos) {
        EventWriter writer = new EventWriter(clock, receivedNanos);
        return switch (order.ask().protocol()) {
            case RESPONSES -> new ResponseEvents(order, writer);
            case MESSAGES -> new MessageEvents(order, writer);
            default -> new CompletionEvents(order, writer);
        };
    }

    /** About what {@code tokens} tokens in {@code events} events take, in bytes. */
    int size(int events, int tokens);

    /** What is sent before the first token. */
    void begin(ByteBuf out);

    /**
     * The next tokens; the visible ones follow the reasoning.
     *
     * @param last whether these are the answer's last
     */
    void tokens(ByteBuf out, int reasoning, int visible, boolean last);

    /** What follows the last token: token counts, and what ends the stream. */
    void end(ByteBuf out);

    /** The error that an answer meets midway, in the place of all that was still to come. */
    void fail(ByteBuf out);

    /** How the event begins that ends a whole stream. */
    String lastEvent();
}
