package io.inferometer.harness.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.inferometer.report.html.LiveRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what a browser on this machine asks for. Whatever does not know the path finds nothing, and so does a browser that
 * another name than this machine's own led here; a page of another origin can neither read an answer nor press the button.
 */
final class LiveHandler implements HttpHandler {
    /** What a page of another origin can't send without asking first, which nobody answers. */
    private static final String STOP_HEADER = "X-Inferometer-Stop";

    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final String path;
    private final LiveRun run;
    private final LivePages pages;
    private final StopButton button;

    /** @param path what all paths begin with; ends in a slash */
    LiveHandler(String path, LiveRun run, LivePages pages, StopButton button) {
        this.path = path;
        this.run = run;
        this.pages = pages;
        this.button = button;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("X-Frame-Options", "DENY");
            Optional<String> asked = asked(exchange);
            if (asked.isEmpty()) {
                answer(exchange, 404, "text/plain", bytes("not found\n"));
            } else if (asked.get().equals("stop")) {
                stop(exchange);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 405, "text/plain", bytes("GET alone\n"));
            } else {
                get(exchange, asked.get());
            }
        }
    }

    /** What is asked for behind the path; empty where that is another one, or the host is not this machine by its own names. */
    private Optional<String> asked(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String name = host == null ? "" : host.replaceFirst(":[0-9]*$", "");
        String asked = exchange.getRequestURI().getRawPath();
        boolean known = asked.length() >= path.length()
                && MessageDigest.isEqual(bytes(asked.substring(0, path.length())), bytes(path));
        return known && OWN_NAMES.contains(name) ? Optional.of(asked.substring(path.length())) : Optional.empty();
    }

    private void get(HttpExchange exchange, String asked) throws IOException {
        switch (asked) {
            case "" -> answer(exchange, 200, "text/html; charset=utf-8", LiveRun.livePage());
            case "events" -> events(exchange);
            case "report.html" -> report(exchange, "text/html; charset=utf-8", run.html());
            case "report.json" -> {
                report(exchange, "application/json", run.json());
                pages.taken();
            }
            default -> answer(exchange, 404, "text/plain", bytes("not found\n"));
        }
    }

    private void stop(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "text/plain", bytes("POST alone\n"));
        } else if (exchange.getRequestHeaders().getFirst(STOP_HEADER) == null) {
            answer(exchange, 403, "text/plain", bytes("the header " + STOP_HEADER + " is missing\n"));
        } else {
            button.press();
            answer(exchange, 202, "text/plain", bytes("stopping\n"));
        }
    }

    private void report(HttpExchange exchange, String type, Optional<byte[]> report) throws IOException {
        if (report.isPresent()) {
            answer(exchange, 200, type, report.get());
        } else {
            answer(exchange, 404, "text/plain", bytes("there is no report before the run has ended\n"));
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        if (!pages.enter()) {
            answer(exchange, 503, "text/plain", bytes("too many pages are open\n"));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream page = exchange.getResponseBody()) {
            pages.feed(page);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        // The JDK's server warns on standard error of a length that nothing follows.
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
