package io.inferometer.benchmarks.overhead.trip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An endpoint that knows nothing, and is asked only to tell when the first POST came. */
final class FirstPost implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final CompletableFuture<Long> nanos = new CompletableFuture<>();

    /** Listens on any free port, on a thread that ends with {@link #close}. */
    FirstPost() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its base URL. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When the first POST came, by {@link System#nanoTime}; waits for it. */
    long nanos() throws IOException, InterruptedException {
        try {
            return nanos.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no request came within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            nanos.complete(System.nanoTime());
            // Whoever sent it is ended, and would complain of any answer before.
            return;
        }
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
