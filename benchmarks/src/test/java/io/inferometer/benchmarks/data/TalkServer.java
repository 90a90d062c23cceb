package io.inferometer.benchmarks.data;

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

/**
 * An endpoint of chat completions that answers what the user said last with it, and keeps bodies and their order; to what begins
 * with {@code Use} it answers with two calls of tools, streamed, and it fails at what begins with {@code Fail}.
 */
final class TalkServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CALLS = "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
            + "\"arguments\":\"{}\"}},{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[]\"}}]";

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    TalkServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The bodies so far, in the order in which they came. */
    List<String> bodies() {
        return bodies;
    }

    /** The body of the request in which the user last said a text. */
    JsonNode asked(String text) throws IOException {
        for (String body : bodies) {
            if (said(JSON.readTree(body)).equals(text)) {
                return JSON.readTree(body);
            }
        }
        throw new AssertionError("nobody asked " + text + ", but " + events);
    }

    /** What was said when: {@code +text} when it came, {@code -text} ahead of its answer. */
    List<String> events() {
        return events;
    }

    void forget() {
        bodies.clear();
        events.clear();
    }

    static String answerTo(String text) {
        return "you said " + text;
    }

    private static String said(JsonNode body) {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean streamed = false;
        boolean fails = false;
        String answer = "{\"data\":[]}";
        if (body.length > 0) {
            JsonNode request = JSON.readTree(body);
            String text = said(request);
            bodies.add(new String(body, StandardCharsets.UTF_8));
            events.add('+' + text);
            fails = text.startsWith("Fail");
            streamed = request.path("stream").asBoolean();
            String content = JSON.writeValueAsString(answerTo(text));
            String usage = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4,\"total_tokens\":9}}";
            answer = streamed
                    ? "data: {\"choices\":[{\"index\":0,\"delta\":{"
                            + (text.startsWith("Use") ? CALLS : "\"content\":" + content)
                            + "},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[]," + usage
                            + "\n\ndata: [DONE]\n\n"
                    : "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content
                            + "},\"finish_reason\":\"stop\"}]," + usage;
            events.add('-' + text);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", streamed ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(fails ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
