package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The bare loop: about the least that a JVM can do to take the same stamps. One thread, one selector, one read for each
 * event, and of the bytes no more is looked at than tells where an event and an answer end and when the server wrote it. It
 * trusts the simulated endpoint in all else. While it sends the first requests it reads what has come in.
 *
 * <p>That it is a limit is not proven: it sends as fast as it can write, so that more of its requests wait at the endpoint to
 * be read than a slower client's.
 */
final class BareClient implements Client {
    private static final int READ_BYTES = 64 << 10;
    /** It looks for answers after so many of the first requests. */
    private static final int SENT_BETWEEN_READS = 16;

    private final String url;
    private final long patienceNanos;
    private final Selector selector = Selector.open();
    private final List<BareStream> free = new ArrayList<>();
    private final Set<BareStream> busy = new LinkedHashSet<>();
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<RequestTimeline> ended = new ArrayList<>();
    private ByteBuffer request;
    private WireRequest wire;
    private int left;

    BareClient(String url) throws IOException {
        this(url, Duration.ofMinutes(2));
    }

    /** @param patience how long an iteration may take; what has not ended by then has failed */
    BareClient(String url, Duration patience) throws IOException {
        this.url = url;
        patienceNanos = patience.toNanos();
    }

    @Override
    public void open(int connections) throws IOException {
        URI uri = URI.create(url);
        while (free.size() < connections) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            BareStream stream = new BareStream(channel);
            free.add(stream);
            channel.register(selector, SelectionKey.OP_READ, stream);
        }
    }

    @Override
    public void run(Job job) throws IOException {
        ended.clear();
        wire = WholeClient.request(url, job);
        request = bytes(wire);
        left = job.requests();
        long end = System.nanoTime() + patienceNanos;
        int first = Math.min(job.slots(), job.requests());
        open(first);
        List<BareStream> started = new ArrayList<>();
        for (int i = 0; i < first; i++) {
            started.add(release());
        }
        for (int i = 0; i < first; i++) {
            send(started.get(i));
            if (i % SENT_BETWEEN_READS == SENT_BETWEEN_READS - 1) {
                selector.selectNow(this::ready);
            }
        }
        while (!busy.isEmpty()) {
            selector.select(this::ready, 100);
            if (System.nanoTime() > end) {
                left = 0;
                List.copyOf(busy).forEach(stream -> fail(stream, Outcome.TIMEOUT, "not ended in time"));
            }
        }
    }

    private BareStream release() {
        BareStream stream = free.remove(free.size() - 1);
        busy.add(stream);
        left--;
        RequestTimeline timeline = new RequestTimeline(WholeClient.identity(left, wire));
        timeline.released(System.nanoTime());
        stream.begin(timeline, wire.streamed());
        return stream;
    }

    private void send(BareStream stream) {
        stream.timeline().sent(System.nanoTime());
        ByteBuffer bytes = request.duplicate();
        try {
            while (bytes.hasRemaining()) {
                stream.channel().write(bytes);
            }
        } catch (IOException e) {
            fail(stream, Outcome.CONNECT_ERROR, "can't be written: " + e.getMessage());
        }
    }

    private void ready(SelectionKey key) {
        BareStream stream = (BareStream) key.attachment();
        try {
            read.clear();
            int count = stream.channel().read(read);
            long nanos = System.nanoTime();
            if (count < 0) {
                fail(stream, Outcome.STREAM_ERROR, "the endpoint closed the connection");
            } else if (stream.take(read.flip(), nanos)) {
                busy.remove(stream);
                free.add(stream);
                ended.add(stream.timeline());
                if (left > 0) {
                    send(release());
                }
            }
        } catch (IOException | IllegalStateException e) {
            fail(stream, Outcome.STREAM_ERROR, e.getMessage());
        }
    }

    /** Gives up a stream, its connection and its place among those at once; the others go on. */
    private void fail(BareStream stream, Outcome how, String why) {
        free.remove(stream);
        if (busy.remove(stream)) {
            stream.timeline().end(how, why, System.nanoTime());
            ended.add(stream.timeline());
        }
        try {
            stream.channel().close();
        } catch (IOException e) {
            // It is given up either way.
        }
    }

    private static ByteBuffer bytes(WireRequest wire) {
        StringBuilder head = new StringBuilder("POST " + wire.uri().getPath() + " HTTP/1.1\r\nHost: "
                + wire.uri().getAuthority() + "\r\nContent-Length: " + wire.body().length + "\r\n");
        wire.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocateDirect(headBytes.length + wire.body().length);
        return all.put(headBytes).put(wire.body()).flip();
    }

    @Override
    public List<RequestRecord> records() {
        return ended.stream()
                .map(timeline -> timeline.toRecord(0, false, UnaryOperator.identity()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
