package io.inferometer.endpoint;

import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.request.BodyWriter;
import io.inferometer.endpoint.request.TraceParent;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.workload.InferenceRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The endpoint as a run sees it: makes requests ready for the wire, and sends them.
 *
 * <p>All methods may be called by any thread.
 */
public final class Target implements AutoCloseable {
    private static final String TINY_PROMPT = "Before a measurement, at %d: answer with the one word yes.";
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final int TINY_TOKENS = 8;
    private static final int TINY_SECONDS = 30;
    private static final int SLOW_SECONDS = 3;
    private static final Duration TO_OPEN = Duration.ofSeconds(10);

    /** Told how a request ended. */
    @FunctionalInterface
    public interface Listener {
        /** Told of the end once, by the thread that saw it; must not block. */
        void ended(RequestTimeline timeline);

        /**
         * Told what no request's failure can stand for: that {@link #ended} threw something, or, after it, that the heap
         * was full while the response was read. Does nothing by default.
         */
        default void broke(Throwable failure) {}
    }

    private final TargetSettings settings;
    private final URI uri;
    private final Map<String, String> headers;
    private final BodyWriter bodies;
    private final Transport transport;
    private final LongSupplier clock;
    private final Watchdog watchdog;
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private volatile boolean cancelled;
    private final AtomicReference<String> clientError = new AtomicReference<>("");
    private final Traffic traffic = new Traffic();

    /**
     * A target without connections of its own.
     *
     * @param transport carries its requests; it may carry other targets' too, and is not closed with this one
     * @param clock nanoseconds, monotonic
     * @throws IllegalArgumentException if the URL or the extra body is of no use, or the transport can't reach the URL;
     *     the message says why
     */
    public Target(TargetSettings settings, Transport transport, LongSupplier clock) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
        WireProtocol protocol = WireProtocol.of(settings.protocol());
        uri = ApiUrls.requests(settings.url(), settings.wholeUrl(), settings.path(), protocol.path());
        bodies = new BodyWriter(
                protocol, settings.model(), settings.modelGiven(), settings.lengthField(), settings.extraBody());
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.put("Accept", "text/event-stream, application/json");
        all.put("User-Agent", "inferometer");
        put(all, protocol.headers());
        put(all, settings.headers());
        headers = Collections.unmodifiableMap(all);
        transport.prepare(uri);
        watchdog = new Watchdog(clock);
    }

    /** A header is the same one in any case of its letters. */
    private static void put(Map<String, String> all, Map<String, String> more) {
        more.forEach((name, value) -> {
            all.keySet().removeIf(name::equalsIgnoreCase);
            all.put(name, value);
        });
    }

    /** Where requests go. */
    public URI uri() {
        return uri;
    }

    /** Serialises a request, so that nothing but sending it is left to do when it is due. */
    public WireRequest prepare(InferenceRequest request) {
        Map<String, String> all = headers;
        if (!request.headers().isEmpty()) {
            all = new LinkedHashMap<>(headers);
            put(all, request.headers());
        }
        String traceId = "";
        if (settings.traceparent()) {
            all = traced(all);
            traceId = TraceParent.idIn(all);
        }
        BodyWriter.Body body = bodies.body(settings.marking().apply(request), settings.streaming());
        return new WireRequest(
                uri,
                settings.protocol(),
                all,
                body.bytes(),
                body.streamed(),
                request.promptTokens().orElse(Usage.ABSENT),
                body.longest(),
                body.ignoreEos(),
                body.items(),
                request.sharedTokens().orElse(Usage.ABSENT),
                WireRequest.UNSCHEDULED,
                traceId);
    }

    /** With a trace of its own, unless the workload has made it part of one. */
    private static Map<String, String> traced(Map<String, String> headers) {
        if (TraceParent.isIn(headers)) {
            return headers;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(TraceParent.HEADER, TraceParent.random().value());
        return all;
    }

    /**
     * Sends a request now.
     *
     * @param timeline of this request; its identity and scheduled time are set
     * @param listener told of its end
     */
    public void send(WireRequest request, RequestTimeline timeline, Listener listener) {
        traffic.sent(request);
        start(request, timeline, settings.limits(), listener);
    }

    private void start(WireRequest request, RequestTimeline timeline, RequestBounds limits, Listener listener) {
        Exchange exchange = new Exchange(request, timeline, limits, watchdog, ended -> ended(ended, listener));
        inFlight.add(exchange);
        int now = open.incrementAndGet();
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
        exchange.start(clock.getAsLong());
        if (cancelled) {
            // Told from another thread, as any end is: the listener may send the next request.
            watchdog.soon(exchange::cancel);
            return;
        }
        try {
            transport.send(exchange);
        } catch (RuntimeException e) {
            watchdog.soon(() -> exchange.failed(Breakage.of(Breakage.Stage.AWAITED, e), clock.getAsLong()));
        }
    }

    /** The transport's thread is no place for what a listener throws: it has other requests to go on with. */
    private void ended(Exchange exchange, Listener listener) {
        try {
            inFlight.remove(exchange);
            open.decrementAndGet();
            RequestTimeline timeline = exchange.timeline();
            traffic.ended(timeline, exchange.bodyBytes());
            if (timeline.outcome() == Outcome.CLIENT_ERROR) {
                clientError.compareAndSet("", timeline.error());
            }
            listener.ended(timeline);
        } catch (RuntimeException | Error e) {
            listener.broke(e);
        }
        if (exchange.heapFull() != null) {
            listener.broke(exchange.heapFull());
        }
    }

    /** How large what went over the wire was on average: the requests of the load, and all that was answered. */
    public MeanSizes meanSizes() {
        return traffic.sizes();
    }

    /**
     * Asks a request of the same form, with a prompt of its own and {@value #TINY_TOKENS} tokens of answer at most, and
     * waits for its end, {@value #TINY_SECONDS} s at most.
     *
     * @param slow is called once if it takes longer than {@value #SLOW_SECONDS} s
     */
    public RequestTimeline preFlight(WireRequest like, Runnable slow) throws InterruptedException {
        int tokens = like.requestedOutputTokens() == Usage.ABSENT
                ? TINY_TOKENS
                : Math.min(TINY_TOKENS, like.requestedOutputTokens());
        WireRequest request = new WireRequest(
                uri,
                like.protocol(),
                headersOfItsOwn(like),
                bodies.tiny(like.body(), String.format(Locale.ROOT, TINY_PROMPT, clock.getAsLong()), tokens),
                like.streamed(),
                Usage.ABSENT,
                tokens,
                like.ignoreEos(),
                Math.min(1, like.items()));
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(
                0, 0, true, 0, 0, like.streamed(), Usage.ABSENT, tokens, like.ignoreEos(), request.items()));
        CountDownLatch ended = new CountDownLatch(1);
        long most = Math.min(settings.limits().timeoutNanos(), TimeUnit.SECONDS.toNanos(TINY_SECONDS));
        start(request, timeline, settings.limits().within(Duration.ofNanos(most)), end -> ended.countDown());
        if (!ended.await(SLOW_SECONDS, TimeUnit.SECONDS)) {
            slow.run();
            ended.await();
        }
        return timeline;
    }

    /** Those of another request, but for its trace: what is asked before the run is no part of that. */
    private Map<String, String> headersOfItsOwn(WireRequest like) {
        if (like.traceId().isEmpty()) {
            return like.headers();
        }
        Map<String, String> all = new LinkedHashMap<>(like.headers());
        all.keySet().removeIf(TraceParent.HEADER::equalsIgnoreCase);
        return traced(all);
    }

    /** Why the client could not send a request, of the first one; empty where it could send all. */
    public String clientError() {
        return clientError.get();
    }

    /** The field that carries the longest answer of such a request; empty where none does. */
    public String limitField(WireRequest like) {
        return bodies.limit(like.body());
    }

    /** What the protocol had no place for in the requests so far, or needed besides: a line each. */
    public List<String> notes() {
        return bodies.notes();
    }

    /** Whether what listens there answers in HTTP/2 what it is asked in HTTP/1.1, which this client speaks. */
    public boolean speaksHttp2Alone() {
        return Http2Probe.speaksHttp2Alone(uri);
    }

    /** How many requests are in flight. */
    public int inFlight() {
        return open.get();
    }

    /** How many requests have been in flight at one time, at the most. */
    public int peakInFlight() {
        return peak.get();
    }

    /** Gives up everything in flight, and whatever is sent from now on. */
    public void cancelAll() {
        cancelled = true;
        inFlight.forEach(Exchange::cancel);
    }

    /**
     * Opens connections ahead of time. Where the transport can't do so by itself, the list of models is asked for so many
     * times at once. What the endpoint answers does not matter, and it is best effort: a connection that is free again at
     * once may serve twice.
     *
     * @return how many were opened, or got a response
     */
    public int open(int connections) throws InterruptedException {
        OptionalInt opened = transport.open(uri, connections);
        return opened.isPresent() ? opened.getAsInt() : askForModels(connections);
    }

    /** Which other protocol the endpoint seems to speak, where it has nothing at the path of this one. */
    public Optional<Protocol> spokenInstead() throws InterruptedException {
        return SpokenProtocol.instead(uri, settings.protocol(), this::status);
    }

    /** With which status an address refuses a request that asks nothing; 0 where none came. */
    private int status(URI there) throws InterruptedException {
        WireRequest nothing = new WireRequest(
                there, settings.protocol(), headers, EMPTY_OBJECT, false, Usage.ABSENT, Usage.ABSENT, false, 0);
        RequestTimeline timeline =
                new RequestTimeline(new RequestIdentity(0, 0, true, 0, 0, false, Usage.ABSENT, Usage.ABSENT, false));
        CountDownLatch ended = new CountDownLatch(1);
        start(nothing, timeline, settings.limits().within(TO_OPEN), end -> ended.countDown());
        ended.await();
        return timeline.status();
    }

    private int askForModels(int connections) throws InterruptedException {
        Optional<URI> models =
                ApiUrls.models(uri, WireProtocol.of(settings.protocol()).path());
        if (models.isEmpty()) {
            return 0;
        }
        WireRequest request = new WireRequest(
                models.get(), settings.protocol(), headers, new byte[0], false, Usage.ABSENT, Usage.ABSENT, false, 0);
        RequestIdentity identity = new RequestIdentity(0, 0, true, 0, 0, false, Usage.ABSENT, Usage.ABSENT, false);
        RequestBounds limits = settings.limits().within(TO_OPEN);
        CountDownLatch ended = new CountDownLatch(connections);
        AtomicInteger opened = new AtomicInteger();
        for (int i = 0; i < connections; i++) {
            RequestTimeline timeline = new RequestTimeline(identity);
            start(request, timeline, limits, end -> {
                if (end.status() > 0) {
                    opened.incrementAndGet();
                }
                ended.countDown();
            });
        }
        ended.await();
        return opened.get();
    }

    /** Gives up everything in flight. */
    @Override
    public void close() {
        cancelAll();
        watchdog.close();
    }
}
