package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * HTTP/1.1 over the JDK's channels, with as little between a socket and the exchange as there can be. For many streams
 * and large batches.
 *
 * <p>Redirects are not followed, and it knows no proxies. Connections are kept and used again. A request is never sent
 * twice, not even where its connection is closed under it and no byte of an answer has come: the endpoint may have begun to
 * answer, and a second sending would hide a latency.
 *
 * <p>It differs from java.net.http in this. Where an address of a host does not answer within five seconds the next one is
 * tried, and the one that answered is the first from then on; java.net.http knows a host's first address alone. A response
 * with both a Transfer-Encoding and a Content-Length is refused; java.net.http believes the length, and takes the chunks'
 * sizes for text. A second handshake on a connection of TLS 1.2 is refused; java.net.http shakes hands again. Where the
 * endpoint answers and resets the connection before it has read the whole request, the answer is still read;
 * java.net.http may tell of its failed write instead.
 */
public final class NioTransport implements Transport {
    private static final int CPUS_A_LOOP = 8;
    private static final int MOST_LOOPS = 4;

    /** An endpoint's queue of connections that it has not accepted yet is bounded. */
    private static final int OPENED_AT_ONCE = 128;

    private static final Duration OPENING = Duration.ofSeconds(10);

    private final LongSupplier clock;
    private final Function<URI, Origin> resolver;
    private final List<EventLoop> loops = new ArrayList<>();
    private final ExecutorService handshakes;
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private final Map<URI, Origin> originsOfUris = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** A transport without connections; {@code clock} gives nanoseconds, monotonic. */
    public NioTransport(LongSupplier clock) {
        this(clock, Optional.empty(), false);
    }

    /** A transport without connections, whose encrypted ones are of this context. */
    public NioTransport(LongSupplier clock, SSLContext tls) {
        this(clock, Optional.of(tls), false);
    }

    /**
     * A transport without connections.
     *
     * @param clock nanoseconds, monotonic
     * @param tls the context of encrypted connections; empty for the JVM's own
     * @param spread whether the connections to a host go to all of its addresses in turn, and not to the first that answers
     */
    public NioTransport(LongSupplier clock, Optional<SSLContext> tls, boolean spread) {
        this(
                clock,
                loopsOfThisMachine(),
                () -> tls.orElseGet(Tls::ofJvm),
                uri -> spread ? Origin.resolve(uri).spread() : Origin.resolve(uri));
    }

    /**
     * A transport without connections.
     *
     * @param threads how many event loops it has
     * @param tls gives the context of encrypted connections, asked when the first is made
     * @param resolver finds the addresses of a URI's host, which may take its time
     */
    NioTransport(LongSupplier clock, int threads, Supplier<SSLContext> tls, Function<URI, Origin> resolver) {
        this.clock = clock;
        this.resolver = resolver;
        Tls shared = new Tls(tls);
        handshakes = handshakes();
        try {
            for (int i = 0; i < threads; i++) {
                loops.add(new EventLoop("inferometer-nio-" + i, clock, shared, handshakes));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("no selector can be opened: " + e.getMessage(), e);
        }
    }

    /** A few threads: many handshakes at once would take the processors from the loops that stamp. */
    private static ExecutorService handshakes() {
        int most = Math.min(MOST_LOOPS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "inferometer-nio-handshake");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** One loop keeps up with more than the rest of the client does, until there are many processors. */
    private static int loopsOfThisMachine() {
        return Math.min(MOST_LOOPS, Math.max(1, Runtime.getRuntime().availableProcessors() / CPUS_A_LOOP));
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public void prepare(URI uri) {
        Origin known = origins.get(Origin.key(uri));
        if (known == null || !known.known()) {
            origins.put(Origin.key(uri), resolver.apply(uri));
            originsOfUris.clear();
        }
    }

    @Override
    public void send(Exchange exchange) {
        Origin origin = origin(exchange.request().uri());
        EventLoop loop = loops.size() == 1 ? loops.get(0) : loopOfThisThread();
        loop.send(origin, exchange);
    }

    /** What an event loop's own callbacks send stays with it; others take turns. */
    private EventLoop loopOfThisThread() {
        for (EventLoop loop : loops) {
            if (loop.isThisThread()) {
                return loop;
            }
        }
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    private Origin origin(URI uri) {
        Origin known = originsOfUris.get(uri);
        if (known == null) {
            known = origins.computeIfAbsent(Origin.key(uri), key -> resolver.apply(uri));
            originsOfUris.put(uri, known);
        }
        return known;
    }

    @Override
    public OptionalInt open(URI uri, int connections) throws InterruptedException {
        Origin origin = origin(uri);
        // Requests take turns at the loops from here on, and so do their connections.
        int first = turn.get();
        loops.forEach(loop -> loop.forgetClosed(origin));
        long end = clock.getAsLong() + OPENING.toNanos();
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(connections);
        Semaphore window = new Semaphore(OPENED_AT_ONCE);
        for (int i = 0; i < connections; i++) {
            if (!window.tryAcquire(end - clock.getAsLong(), TimeUnit.NANOSECONDS)) {
                return OptionalInt.of(opened.get());
            }
            int ofThisLoop = (connections - i % loops.size() + loops.size() - 1) / loops.size();
            loops.get(Math.floorMod(first + i, loops.size())).open(origin, ofThisLoop, OPENING, well -> {
                if (well) {
                    opened.incrementAndGet();
                }
                window.release();
                ended.countDown();
            });
        }
        ended.await(end - clock.getAsLong(), TimeUnit.NANOSECONDS);
        return OptionalInt.of(opened.get());
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
        handshakes.shutdown();
    }
}
