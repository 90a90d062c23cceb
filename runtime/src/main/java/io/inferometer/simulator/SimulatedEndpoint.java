package io.inferometer.simulator;

import io.inferometer.simulator.batch.BatchApi;
import io.inferometer.simulator.engine.Pacer;
import io.inferometer.simulator.engine.TokenCounter;
import io.inferometer.simulator.http.Api;
import io.inferometer.simulator.http.BatchLines;
import io.inferometer.simulator.http.ClientConnection;
import io.inferometer.simulator.http.Inference;
import io.inferometer.simulator.http.Metrics;
import io.inferometer.simulator.protocol.Stamps;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * An OpenAI-compatible server that answers on the schedule of a {@link Profile}.
 *
 * <p>Over HTTP/1.1 it serves
 *
 * <ul>
 *   <li>{@code POST /v1/chat/completions}, {@code /v1/completions}, {@code /v1/responses} and {@code /v1/messages}, streaming
 *       or not, one choice each, and the calls of functions that a request insists on;
 *   <li>{@code POST /v1/embeddings}, {@code /v1/rerank}, {@code /v2/rerank} and {@code /rerank};
 *   <li>{@code POST /tokenize}: the token ids of a text, or of messages without the chat template, in o200k;
 *   <li>{@code /v1/files} and {@code /v1/batches}: files, and jobs whose lines run through the same engine;
 *   <li>{@code GET /v1/models} and {@code GET /health};
 *   <li>{@code GET /metrics}: requests, cache and tokens, under vLLM's names, for anybody, key or not.
 * </ul>
 *
 * <p>The metronome's answer has exactly as many tokens as {@code max_completion_tokens}, else {@code max_tokens}, asks
 * for, and where neither does 128 in a chat and 16 in a text completion; its prompts are taken to have a token for every
 * four bytes of UTF-8. An engine's answer may end sooner, unless the request asks it to ignore that, and in a chat goes on
 * to its own end where the request names none; its prompts are counted in tokens.
 *
 * <p>Every event of a stream, and every whole answer, carries the server's own stamps ({@code sent_nanos}, {@code
 * received_nanos}), from which a client can tell its own share in a latency.
 *
 * <p>Thread-safe. Its threads are daemons and end with {@link #close}.
 */
public final class SimulatedEndpoint implements AutoCloseable {
    private static final int MAX_UNSENT_BYTES = 64 << 10;
    private static final int BACKLOG = 4096;

    private final Settings settings;
    /** Null where connections are not encrypted. */
    private final SSLContext tls;

    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final Map<EventExecutor, Pacer> pacers = new HashMap<>();
    private final TokenCounter tokens = new TokenCounter();
    private final Metrics metrics = new Metrics(System::nanoTime);
    private BatchApi batches;
    private Channel listener;
    private String url;

    private SimulatedEndpoint(Settings settings) {
        this.settings = settings;
        this.tls = settings.tls() ? OwnCertificate.context() : null;
        this.acceptor = group("sim-accept", 1);
        this.loops = group("sim-io", settings.threads());
        this.connections = new DefaultChannelGroup("sim", acceptor.next(), true);
    }

    /**
     * Where an endpoint listens and what it serves.
     *
     * @param profile how it behaves
     * @param host the name or address to listen on
     * @param port the port to listen on, 0 for any that is free
     * @param apiKey the key that clients must send; empty for none
     * @param models the models that it serves; empty for any
     * @param tls whether its connections are encrypted, under a certificate that nobody has signed
     */
    public record Settings(Profile profile, String host, int port, String apiKey, List<String> models, boolean tls) {
        private static final int MAX_PORT = 65_535;

        public Settings {
            Objects.requireNonNull(profile, "profile");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(apiKey, "apiKey");
            models = List.copyOf(models);
            if (port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ", not " + port);
            }
        }

        /** Any free port of the loopback interface, without a key, for any model. */
        public static Settings of(Profile profile) {
            return new Settings(profile, "127.0.0.1", 0, "", List.of(), false);
        }

        /** The same on another host and port. */
        public Settings at(String newHost, int newPort) {
            return new Settings(profile, newHost, newPort, apiKey, models, tls);
        }

        /** The same with a key that clients must send. */
        public Settings withApiKey(String newApiKey) {
            return new Settings(profile, host, port, newApiKey, models, tls);
        }

        /** The same for these models only. */
        public Settings withModels(List<String> newModels) {
            return new Settings(profile, host, port, apiKey, newModels, tls);
        }

        /** The same, encrypted or not. */
        public Settings withTls(boolean encrypted) {
            return new Settings(profile, host, port, apiKey, models, encrypted);
        }

        /** Half of the machine: the client that is measured needs the rest. Requests that share an engine share one. */
        private int threads() {
            return profile.engine()
                    ? 1
                    : Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Settings[profile=" + profile + ", host=" + host + ", port=" + port + ", models=" + models + "]";
        }
    }

    /**
     * Starts an endpoint; it accepts connections when this returns.
     *
     * @throws IOException if it can't listen there; the message is one line for the user
     */
    public static SimulatedEndpoint start(Settings settings) throws IOException {
        SimulatedEndpoint endpoint = new SimulatedEndpoint(settings);
        try {
            endpoint.listen(Stamps::nanoTime);
            return endpoint;
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
    }

    /**
     * Runs the code of endpoints in this JVM until it is compiled, a second at the most; for a JVM that is about to serve.
     *
     * @throws IOException if this JVM can't listen or connect on the loopback interface
     */
    public static void warmUp() throws IOException {
        warmUp(false);
    }

    /** The same of endpoints that are encrypted, or not. */
    static void warmUp(boolean tls) throws IOException {
        SelfWarmup.run(tls, System::nanoTime);
    }

    private static EventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    private void listen(LongSupplier clock) throws IOException {
        if (settings.profile().engine()) {
            tokens.prepare();
        }
        for (EventExecutor loop : loops) {
            String name = "sim-alarm-" + (pacers.size() + 1);
            Pacer pacer =
                    Pacer.start((SingleThreadEventLoop) loop, settings.profile().schedule(), clock, name);
            pacers.put(loop, pacer);
        }
        Api api = api(clock);
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MAX_UNSENT_BYTES / 2, MAX_UNSENT_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        Pacer pacer = pacers.get(channel.eventLoop());
                        if (tls != null) {
                            channel.pipeline().addLast(encryption());
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder(), new ClientConnection(api, pacer, metrics, clock));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + hostInUrl() + ":" + settings.port() + ": " + reason(address, bound.cause()),
                    bound.cause());
        }
        listener = bound.channel();
        url = (settings.tls() ? "https://" : "http://") + hostInUrl() + ":"
                + ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** The context that trusts its certificate, too; null where connections are not encrypted. */
    SSLContext tls() {
        return tls;
    }

    private SslHandler encryption() {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        return new SslHandler(engine);
    }

    private Api api(LongSupplier clock) {
        Inference inference = new Inference(settings.models(), settings.profile(), tokens);
        EventExecutor loop = loops.iterator().next();
        BatchLines lines = new BatchLines(inference, loop, pacers.get(loop), metrics, clock);
        batches = new BatchApi(settings.profile().batches(), settings.models(), lines);
        return new Api(settings.apiKey(), inference, batches, metrics);
    }

    private static String reason(InetSocketAddress address, Throwable cause) {
        if (address.isUnresolved()) {
            return "there is no such host";
        }
        return cause instanceof BindException
                ? cause.getMessage() + "; choose another port, or 0 for any that is free"
                : String.valueOf(cause.getMessage());
    }

    /** The base URL, without a path. */
    public String url() {
        return url;
    }

    private String hostInUrl() {
        return settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    }

    /** The line that tells a user, or a program that reads it, that the endpoint is ready. It ends in the URL. */
    public String readyLine() {
        return "Simulated endpoint " + settings.profile() + " on " + url;
    }

    /** How many answers are being generated. */
    public int running() {
        return pacers.values().stream().mapToInt(Pacer::running).sum();
    }

    /** Waits until those that are connected now have gone, however long their answers are; no longer than a time. */
    void awaitGone(Duration atMost) {
        connections.newCloseFuture().awaitUninterruptibly(atMost.toMillis());
    }

    /** Closes all connections and ends all threads. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        // A loop that shuts down may leave its connections open.
        connections.close().awaitUninterruptibly();
        if (batches != null) {
            batches.close();
        }
        pacers.values().forEach(Pacer::close);
        tokens.close();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
