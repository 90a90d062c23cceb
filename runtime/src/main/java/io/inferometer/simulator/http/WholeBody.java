package io.inferometer.simulator.http;

import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.Order;
import io.inferometer.simulator.protocol.Stamps;
import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/** An answer as one JSON body, sent when its last token is due. */
final class WholeBody implements AnswerBody {
    private final ClientConnection connection;
    private final Order order;
    private final String members;
    private final long receivedNanos;
    private final LongSupplier clock;

    WholeBody(ClientConnection connection, Reply.Generate reply, long receivedNanos, LongSupplier clock) {
        this.connection = connection;
        this.order = reply.order();
        this.members = reply.members();
        this.receivedNanos = receivedNanos;
        this.clock = clock;
    }

    @Override
    public void start() {
        // Nothing can be told before the end.
    }

    @Override
    public void resume() {
        // There is one write only.
    }

    @Override
    public void due(int events, int tokens, boolean last) {
        if (!last || order.fault() == Fault.STALL) {
            return;
        }
        String rest = members();
        HttpReply response = HttpReply.ok("{" + Stamps.of(clock.getAsLong(), receivedNanos) + "," + rest + "}");
        byte[] bytes = response.bytes(!connection.keepsAlive());
        ByteBuf out = connection.buffer(bytes.length).writeBytes(bytes);
        if (order.fault().cuts()) {
            out.writerIndex(out.writerIndex() - response.body().length / 2);
            connection.sendAndClose(out);
        } else {
            connection.finish(out);
        }
    }

    private String members() {
        if (order.fault() == Fault.ERROR) {
            return order.failure().json(order.ask().protocol());
        }
        return members == null ? order.members() : members;
    }
}
