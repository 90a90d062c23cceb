package io.inferometer.scrape;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.TrustAll;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets small texts over java.net.http, on threads and connections of its own. Thread-safe. */
final class Gets implements AutoCloseable {
    /** How long an answer is waited for. */
    static final Duration AT_MOST = Duration.ofSeconds(5);

    private static final int LONGEST = 16 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "inferometer-scrape");
        thread.setDaemon(true);
        return thread;
    });
    /** One for each of whether certificates are not verified, made when it is needed. */
    private final Map<Boolean, HttpClient> clients = new ConcurrentHashMap<>();

    /**
     * What came.
     *
     * @param text the body of a 200
     * @param failure why there is none, in a line; empty where there is
     */
    record Got(String text, String failure) {}

    private HttpClient client(boolean insecure) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(AT_MOST)
                .executor(threads);
        return (insecure ? builder.sslContext(TrustAll.context()) : builder).build();
    }

    /** Gets a page; never completes with an exception. */
    CompletableFuture<Got> get(PageAddress page, String accept) {
        CompletableFuture<HttpResponse<InputStream>> response;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(page.uri())
                    .setHeader("Accept", accept)
                    .setHeader("User-Agent", "inferometer");
            page.headers().forEach((name, value) -> {
                if (!name.equalsIgnoreCase("content-type") && !name.equalsIgnoreCase("accept")) {
                    request.setHeader(name, value);
                }
            });
            response = clients.computeIfAbsent(page.insecure(), this::client)
                    .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Got("", page.shown() + ": " + e.getMessage()));
        }
        return response.thenApplyAsync(Gets::read, threads)
                .orTimeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> {
                    response.thenAccept(Gets::close);
                    response.cancel(true);
                    return new Got("", reason(page, thrown));
                });
    }

    private static Got read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                return new Got("", "HTTP " + response.statusCode());
            }
            byte[] bytes = body.readNBytes(LONGEST + 1);
            return bytes.length > LONGEST
                    ? new Got("", "a page of more than 16 MiB")
                    : new Got(new String(bytes, StandardCharsets.UTF_8), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is still read there ends by it. */
    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // Nothing is wanted of it any more.
        }
    }

    private static String reason(PageAddress page, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return "no answer within " + AT_MOST.toSeconds() + " s";
        }
        if (cause instanceof UncheckedIOException unchecked) {
            cause = unchecked.getCause();
        }
        return Breakage.of(Breakage.Stage.AWAITED, cause).text(page.uri());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
