package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint that answers every request with a word, and keeps what it was asked. */
final class RecordingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}";
    private static final String STREAM = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[]," + USAGE + "\n\ndata: [DONE]\n\n";
    private static final String WHOLE = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
            + "\"yes\"},\"finish_reason\":\"stop\"}]," + USAGE;

    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    RecordingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What users said, a text for each request, in no order. */
    List<String> prompts() {
        return prompts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean streamed = false;
        if (body.length > 0) {
            JsonNode request = JSON.readTree(body);
            streamed = request.path("stream").asBoolean();
            JsonNode messages = request.path("messages");
            prompts.add(messages.get(messages.size() - 1).path("content").asText());
        }
        byte[] answer =
                (body.length == 0 ? "{\"data\":[]}" : streamed ? STREAM : WHOLE).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", streamed ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
