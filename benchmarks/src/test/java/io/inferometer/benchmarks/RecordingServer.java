package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private static final String TYPED_USAGE = "\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}}";
    /** What a stream, or an answer in one body, is where it is not one of chat completions, by the end of the path. */
    private static final Map<String, String> OTHERS = Map.of(
            "/v1/completions",
            "data: {\"choices\":[{\"index\":0,\"text\":\"yes\",\"finish_reason\":\"stop\"}]," + USAGE
                    + "\n\ndata: [DONE]\n\n",
            "/v1/responses",
            "data: {\"type\":\"response.output_text.delta\",\"delta\":\"yes\"}\n\n"
                    + "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"," + TYPED_USAGE
                    + "}\n\n",
            "/v1/messages",
            "data: {\"type\":\"message_start\",\"message\":{" + TYPED_USAGE + "}\n\n"
                    + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                    + "\"yes\"}}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                    + "\"usage\":{\"output_tokens\":1}}\n\ndata: {\"type\":\"message_stop\"}\n\n");

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

    /** What users said, a text for each request, in no order; the whole body where it is not a request of chat. */
    List<String> prompts() {
        return prompts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode request = JSON.readTree(body);
        boolean streamed = request.path("stream").asBoolean();
        String path = exchange.getRequestURI().getPath();
        boolean chat = path.endsWith("/chat/completions");
        if (body.length > 0) {
            JsonNode messages = request.path("messages");
            prompts.add(chat ? messages.get(messages.size() - 1).path("content").asText() : request.toString());
        }
        String answer = body.length == 0
                ? "{\"data\":[]}"
                : chat ? streamed ? STREAM : WHOLE : OTHERS.getOrDefault(path, items(request));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", streamed ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A vector for each text, or a place for each document. */
    private static String items(JsonNode request) {
        int texts = request.path("input").isArray() ? request.path("input").size() : 1;
        return request.has("documents")
                ? "{\"results\":["
                        + String.join(
                                ",",
                                Collections.nCopies(
                                        request.path("documents").size(), "{\"index\":0,\"relevance_score\":0.5}"))
                        + "]," + USAGE
                : "{\"data\":[" + String.join(",", Collections.nCopies(texts, "{\"index\":0,\"embedding\":[0.5]}"))
                        + "]," + USAGE;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
