package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The limit: the least that a JVM can do to take the same stamps. One thread, one selector, one read for each event, and
 * of the bytes no more is looked at than tells where an event and an answer end and when the server wrote it. It trusts the
 * simulated endpoint in all else.
 */
final class LimitClient implements Client {
    private static final int READ_BYTES = 64 << 10;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final String url;
    private final Selector selector = Selector.open();
    private final List<LimitStream> streams = new ArrayList<>();
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<RequestTimeline> ended = new ArrayList<>();
    private ByteBuffer request;
    private WireRequest wire;
    private int left;

    LimitClient(String url) throws IOException {
        this.url = url;
    }

    @Override
    public void open(int connections) throws IOException {
        URI uri = URI.create(url);
        while (streams.size() < connections) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            LimitStream stream = new LimitStream(channel);
            streams.add(stream);
            channel.register(selector, SelectionKey.OP_READ, stream);
        }
    }

    @Override
    public void run(Job job) throws IOException {
        ended.clear();
        wire = WholeClient.request(url, job);
        request = bytes(wire);
        left = job.requests();
        int first = Math.min(job.slots(), job.requests());
        open(first);
        List<LimitStream> started = streams.subList(0, first);
        started.forEach(this::release);
        for (LimitStream stream : started) {
            send(stream);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (ended.size() < job.requests()) {
            selector.select(this::ready, 1_000);
            if (System.nanoTime() > end) {
                throw new IOException("the limit's answers did not end");
            }
        }
    }

    private void release(LimitStream stream) {
        left--;
        RequestTimeline timeline = new RequestTimeline(WholeClient.identity(left, wire));
        timeline.released(System.nanoTime());
        stream.begin(timeline, wire.streamed());
    }

    private void send(LimitStream stream) throws IOException {
        stream.timeline().sent(System.nanoTime());
        ByteBuffer bytes = request.duplicate();
        while (bytes.hasRemaining()) {
            stream.channel().write(bytes);
        }
    }

    private void ready(SelectionKey key) {
        LimitStream stream = (LimitStream) key.attachment();
        try {
            read.clear();
            int count = stream.channel().read(read);
            long nanos = System.nanoTime();
            if (count < 0) {
                throw new IOException("the endpoint closed a connection of the limit");
            }
            if (stream.take(read.flip(), nanos)) {
                ended.add(stream.timeline());
                if (left > 0) {
                    release(stream);
                    send(stream);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        for (LimitStream stream : streams) {
            stream.channel().close();
        }
        selector.close();
    }
}
