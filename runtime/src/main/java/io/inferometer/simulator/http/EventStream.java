package io.inferometer.simulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.inferometer.simulator.fault.Distortion;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.EventFormat;
import io.inferometer.simulator.protocol.Order;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * An answer as server-sent events.
 *
 * <p>What comes before the first token, if anything, is sent with the head of the response; what follows the last one, in the
 * same write. Each event is stamped when it is formatted, directly before its write.
 *
 * <p>While the client does not read, due tokens are only counted; they are written when it reads on.
 */
final class EventStream implements AnswerBody {
    private static final String HEAD = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream; charset=utf-8\r
            Cache-Control: no-cache\r
            Transfer-Encoding: chunked\r
            """;
    private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);
    /** Events in one write. */
    private static final int MAX_EVENTS = 16;
    /** Room for the token counts and the end mark beside the text of the first and the last event. */
    private static final int ENDS_SIZE = 1024;

    private static final byte[] HALF_CHARACTER = "40\r\ndata: {\"choices\":[],\"filler\":\"\u00c3".getBytes(ISO_8859_1);
    private static final byte[] HALF_CHUNK_SIZE = "1".getBytes(US_ASCII);
    private static final byte[] FILLER = "x".repeat(64 << 10).getBytes(US_ASCII);
    private static final int FILLERS = 1 << 10;
    private static final byte[] HUGE_START = "data: {\"choices\":[],\"filler\":\"".getBytes(US_ASCII);
    private static final byte[] HUGE_END = "\"}\n\n".getBytes(US_ASCII);

    private final ClientConnection connection;
    private final Order order;
    private final EventFormat format;
    private final Distortion form;
    private final int strikesAfter;

    private int writtenTokens;
    private int dueTokens;
    private int tokensPerEvent;
    private boolean lastIsDue;
    private boolean ended;
    private boolean writing;

    EventStream(ClientConnection connection, Order order, long receivedNanos, LongSupplier clock) {
        this.connection = connection;
        this.order = order;
        this.format = EventFormat.of(order, clock, receivedNanos);
        this.form = new Distortion(order.fault(), format.lastEvent());
        this.strikesAfter = order.fault().stage() == Fault.Stage.MIDWAY ? order.outputTokens() / 2 : Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        String head = HEAD + (connection.keepsAlive() ? "\r\n" : "Connection: close\r\n\r\n");
        connection.send(connection.buffer(head.length()).writeBytes(head.getBytes(US_ASCII)));
        ByteBuf out = connection.buffer(ENDS_SIZE);
        format.begin(out);
        if (out.isReadable()) {
            send(out, false);
        } else {
            out.release();
        }
    }

    @Override
    public void due(int events, int tokens, boolean last) {
        dueTokens += tokens;
        // The last event may be shorter; that makes none of those that still wait shorter.
        tokensPerEvent = Math.max(tokensPerEvent, (tokens + events - 1) / events);
        lastIsDue = last;
        resume();
    }

    @Override
    public void resume() {
        if (writing) {
            return; // a write tells that there is room again before it returns
        }
        writing = true;
        try {
            while (dueTokens > 0 && !ended && connection.writable()) {
                write();
            }
        } finally {
            writing = false;
        }
    }

    private void write() {
        int events = Math.min(MAX_EVENTS, (dueTokens + tokensPerEvent - 1) / tokensPerEvent);
        ByteBuf out = connection.buffer(format.size(events, events * tokensPerEvent) + ENDS_SIZE);
        for (int i = 0; i < events; i++) {
            if (writtenTokens >= strikesAfter) {
                strike(out);
                return;
            }
            event(out, Math.min(dueTokens, tokensPerEvent));
        }
        if (lastIsDue && dueTokens == 0) {
            format.end(out);
            end(out);
        } else {
            send(out, false);
        }
    }

    private void event(ByteBuf out, int tokens) {
        boolean last = lastIsDue && tokens == dueTokens;
        int all = Math.min(tokens, order.outputTokens());
        int reasoning = Math.max(0, Math.min(all, order.reasoningTokens() - writtenTokens));
        format.tokens(out, reasoning, all - reasoning, last);
        writtenTokens += tokens;
        dueTokens -= tokens;
    }

    private void end(ByteBuf out) {
        ended = true;
        send(out.writeBytes(LAST_CHUNK), true);
    }

    private void send(ByteBuf out, boolean last) {
        List<ByteBuf> pieces = form.of(out);
        for (ByteBuf piece : last ? pieces.subList(0, pieces.size() - 1) : pieces) {
            connection.send(piece);
        }
        if (last) {
            connection.finish(pieces.get(pieces.size() - 1));
        }
    }

    private void strike(ByteBuf out) {
        ended = true;
        connection.stopGeneration();
        switch (order.fault()) {
            case CUT -> {
                int from = out.writerIndex();
                event(out, 1);
                out.writerIndex((from + out.writerIndex()) / 2);
                connection.sendAndClose(out);
            }
            case CUT_CHARACTER -> connection.sendAndClose(out.writeBytes(HALF_CHARACTER));
            case CUT_CHUNK_SIZE -> connection.sendAndClose(out.writeBytes(HALF_CHUNK_SIZE));
            case HUGE_EVENT -> {
                int size = HUGE_START.length + FILLERS * FILLER.length + HUGE_END.length;
                out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(US_ASCII));
                connection.send(out.writeBytes(HUGE_START));
                connection.flood(new Flood(connection, FILLER, FILLERS, this::endHugeEvent));
            }
            case ERROR -> {
                format.fail(out);
                end(out);
            }
            case STALL -> connection.send(out);
            default -> throw new IllegalStateException(order.fault() + " does not strike midway");
        }
    }

    private void endHugeEvent() {
        ByteBuf out = connection.buffer(ENDS_SIZE).writeBytes(HUGE_END).writeBytes(LINE_END);
        connection.finish(out.writeBytes(LAST_CHUNK));
    }
}
