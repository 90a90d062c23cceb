package io.inferometer.endpoint.jdk;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.HostPort;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/**
 * The JDK's {@code java.net.http} client, over HTTP/1.1, with its work done on its selector thread.
 *
 * <p>Its executor runs tasks where they arise, so that bytes are stamped and decoded by the thread that read them; it
 * never blocks. Redirects are not followed. Connections are kept and used again.
 */
public final class JdkTransport implements Transport {
    private static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private final HttpClient client;
    private final LongSupplier clock;

    /**
     * Sets up this JVM for it; to be called before anything else is.
     *
     * <p>java.net.http ends each request on the common pool. Where that has room for one thread, as on two processors,
     * JDKs before 25 start a new thread for each request instead.
     */
    public static void prepareJvm() {
        if (System.getProperty(COMMON_POOL) == null && Runtime.getRuntime().availableProcessors() <= 2) {
            System.setProperty(COMMON_POOL, "2");
        }
    }

    /** A transport without connections; {@code clock} gives nanoseconds, monotonic. */
    public JdkTransport(LongSupplier clock) {
        this(clock, builder().build());
    }

    /** A transport without connections, whose encrypted ones are of this context. */
    public JdkTransport(LongSupplier clock, SSLContext tls) {
        this(clock, builder().sslContext(tls).build());
    }

    private JdkTransport(LongSupplier clock, HttpClient client) {
        this.clock = clock;
        this.client = client;
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Runnable::run);
    }

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public void prepare(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("java.net.http takes no host name with an underscore, such as "
                    + HostPort.of(uri).host() + "; use --transport nio");
        }
    }

    @Override
    public void send(Exchange exchange) {
        WireRequest wire = exchange.request();
        HttpRequest.Builder request = HttpRequest.newBuilder(wire.uri());
        wire.headers().forEach(request::setHeader);
        if (wire.body().length == 0) {
            request.GET();
        } else {
            request.POST(new StampingBody(wire.body(), exchange));
        }
        ResponseReader reader = new ResponseReader(exchange);
        CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request.build(), reader);
        exchange.onAbort(() -> {
            // The response's future is done a while after its body; the connection may carry another request by then.
            if (!reader.whole.isDone()) {
                response.cancel(true);
            }
        });
        response.whenComplete((headers, thrown) -> {
            if (thrown != null) {
                Breakage breakage = reader.headed
                        ? HttpClientBreakage.inBody(thrown)
                        : HttpClientBreakage.beforeBody(thrown, wire.uri());
                exchange.failed(breakage, clock.getAsLong());
            }
        });
    }

    @Override
    public void close() {
        // The client's thread ends when the client is no longer reachable; closing it outright is an API of JDK 21.
    }

    /** The body in one piece, stamped when the socket asks for it. */
    private final class StampingBody implements HttpRequest.BodyPublisher {
        private final byte[] body;
        private final Exchange exchange;

        StampingBody(byte[] body, Exchange exchange) {
            this.body = body;
            this.exchange = exchange;
        }

        @Override
        public long contentLength() {
            return body.length;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                private boolean given;

                @Override
                public void request(long count) {
                    if (!given) {
                        given = true;
                        exchange.sent(clock.getAsLong());
                        subscriber.onNext(ByteBuffer.wrap(body));
                        subscriber.onComplete();
                    }
                }

                @Override
                public void cancel() {
                    given = true;
                }
            });
        }
    }

    /** Hands on the response as it is read. Its future is done when the body is, for only then can cancelling close. */
    private final class ResponseReader
            implements HttpResponse.BodyHandler<Void>,
                    HttpResponse.BodySubscriber<Void>,
                    Flow.Subscriber<List<ByteBuffer>> {
        private final Exchange exchange;
        private final CompletableFuture<Void> whole = new CompletableFuture<>();
        private volatile boolean headed;

        ResponseReader(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo response) {
            long nanos = clock.getAsLong();
            headed = true;
            exchange.headers(
                    response.statusCode(),
                    name -> response.headers().firstValue(name).orElse(""),
                    nanos);
            return this;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription granted) {
            granted.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            long nanos = clock.getAsLong();
            for (int i = 0; i < buffers.size(); i++) {
                exchange.read(buffers.get(i), nanos);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            exchange.failed(HttpClientBreakage.inBody(thrown), clock.getAsLong());
            whole.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            exchange.complete(clock.getAsLong());
            whole.complete(null);
        }
    }
}
