package io.inferometer.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferometer.simulator.fault.Fault;
import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/** An answer as one JSON body, sent when its last token is due. */
final class WholeBody implements AnswerBody {
    private final ClientConnection connection;
    private final Order order;
    private final long receivedNanos;
    private final LongSupplier clock;

    WholeBody(ClientConnection connection, Order order, long receivedNanos, LongSupplier clock) {
        this.connection = connection;
        this.order = order;
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
        String members = members();
        HttpReply response = HttpReply.ok("{" + stamps() + "," + members + "}");
        byte[] bytes = response.bytes(!connection.keepsAlive());
        ByteBuf out = connection.buffer(bytes.length).writeBytes(bytes);
        if (order.fault().cuts()) {
            out.writerIndex(out.writerIndex() - response.body().getBytes(UTF_8).length / 2);
            connection.sendAndClose(out);
        } else {
            connection.finish(out);
        }
    }

    private String stamps() {
        return "\"" + SENT_NANOS + "\":" + clock.getAsLong() + ",\"" + RECEIVED_NANOS + "\":" + receivedNanos;
    }

    private String members() {
        if (order.fault() == Fault.ERROR) {
            return order.failure().json();
        }
        Form form = order.request().form();
        return order.identity(form.wholeObject()) + ",\"choices\":[{\"index\":0,"
                + (form == Form.CHAT ? message() : "\"text\":\"" + Order.TOKEN.repeat(order.outputTokens()) + "\"")
                + ",\"logprobs\":null,\"finish_reason\":" + order.finishReason() + "}]"
                + (order.tellsUsage() ? "," + order.usage() : "");
    }

    private String message() {
        int reasoning = order.reasoningTokens();
        return "\"message\":{\"role\":\"assistant\","
                + (reasoning == 0 ? "" : "\"reasoning_content\":\"" + Order.TOKEN.repeat(reasoning) + "\",")
                + "\"content\":\"" + Order.TOKEN.repeat(order.outputTokens() - reasoning) + "\"}";
    }
}
