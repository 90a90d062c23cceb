package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection of the bare loop, and the answer that is coming in on it: events between the blank lines of a stream whose
 * chunks are not even looked at, or one body of a known length.
 */
final class BareStream {
    private static final byte[] SENT = ascii("{\"sent_nanos\":");
    private static final byte[] RECEIVED = ascii(",\"received_nanos\":");
    private static final byte[] LENGTH = ascii("Content-Length: ");
    /** What follows the end mark: the end of its chunk, and the last chunk. */
    private static final int AFTER_DONE = "\r\n0\r\n\r\n".length();

    private final SocketChannel channel;
    private byte[] bytes = new byte[4_096];
    private int limit;
    /** Where the event, or the head, begins, and how far its end was searched. */
    private int start;

    private int searched;
    private RequestTimeline timeline;
    private boolean streamed;
    private boolean head;
    private boolean done;
    private int bodyEnd;

    BareStream(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    RequestTimeline timeline() {
        return timeline;
    }

    /** A request is about to be sent. */
    void begin(RequestTimeline newTimeline, boolean answerStreamed) {
        timeline = newTimeline;
        streamed = answerStreamed;
        limit = 0;
        start = 0;
        searched = 0;
        head = true;
        done = false;
        bodyEnd = Integer.MAX_VALUE;
    }

    /** Takes the bytes of a read that returned at {@code nanos}; true if they complete the answer. */
    boolean take(ByteBuffer read, long nanos) {
        makeRoom(read.remaining());
        int count = read.remaining();
        read.get(bytes, limit, count);
        limit += count;
        if (head && !headEnds(nanos)) {
            return false;
        }
        boolean complete = streamed ? eventsEnd(nanos) : limit >= bodyEnd;
        if (complete) {
            timeline.end(Outcome.SUCCESS, "", nanos);
        }
        return complete;
    }

    private boolean headEnds(long nanos) {
        for (int i = Math.max(searched, 3); i < limit; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                head = false;
                int status = (int) number(9);
                if (status != 200) {
                    throw new IllegalStateException("the endpoint answers with status " + status);
                }
                timeline.headers(status, nanos);
                start = i + 1;
                searched = start;
                bodyEnd = streamed ? Integer.MAX_VALUE : start + (int) number(after(LENGTH, 0, start));
                return true;
            }
        }
        searched = limit;
        return false;
    }

    private boolean eventsEnd(long nanos) {
        byte[] b = bytes;
        for (int i = searched; i < limit && !done; i++) {
            if (b[i] == '\n' && i > start && b[i - 1] == '\n') {
                event(start, i, nanos);
                start = i + 1;
            }
        }
        searched = Math.max(start, limit);
        return done && limit - start >= AFTER_DONE;
    }

    private void event(int from, int to, long nanos) {
        int json = from;
        while (json < to && bytes[json] != '{' && bytes[json] != '[') {
            json++;
        }
        if (bytes[json] == '[') {
            done = true;
            return;
        }
        int sent = json + SENT.length;
        // The event after the last token tells what was used.
        boolean token = timeline.events() < timeline.identity().requestedOutputTokens();
        timeline.event(nanos, token ? Carried.CHOICES | Carried.CONTENT : Carried.USAGE, number(sent));
        if (timeline.events() == 1) {
            timeline.serverReceived(number(after(RECEIVED, sent, to)));
        }
    }

    private int after(byte[] name, int from, int to) {
        for (int i = from; i + name.length <= to; i++) {
            if (Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                return i + name.length;
            }
        }
        throw new IllegalStateException("the endpoint's answer has no " + new String(name, StandardCharsets.US_ASCII));
    }

    private long number(int at) {
        long number = 0;
        for (int i = at; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private void makeRoom(int count) {
        if (limit + count <= bytes.length) {
            return;
        }
        if (!head && streamed) {
            System.arraycopy(bytes, start, bytes, 0, limit - start);
            limit -= start;
            searched -= start;
            start = 0;
        }
        if (limit + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, limit + count));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
