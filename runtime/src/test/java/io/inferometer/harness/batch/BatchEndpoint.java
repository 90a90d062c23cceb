package io.inferometer.harness.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A Batch API in a few lines, which comes one step further each time that a job is looked at: validating, in progress with a
 * quarter of its requests done each time, finalizing, completed. A test changes what it answers, or answers itself.
 */
final class BatchEndpoint implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final long CREATED = 1_800_000_000;
    private static final int QUARTERS = 4;

    /** Does something else to a request. */
    interface Oddity {
        /** Whether the request has been answered. */
        boolean answer(String line, ScriptedServer.Connection connection) throws IOException;
    }

    private final ScriptedServer server;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> batches = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Integer> looks = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    volatile Oddity oddity = (line, connection) -> false;
    /** Changes what is said of a job. */
    volatile UnaryOperator<ObjectNode> said = batch -> batch;
    /** Changes a line of an output file. */
    volatile UnaryOperator<ObjectNode> line = it -> it;
    /** Lets no job come further than this number of looks. */
    volatile int furthest = Integer.MAX_VALUE;

    BatchEndpoint() throws IOException {
        server = new ScriptedServer(this::answer);
    }

    String url() {
        return server.url();
    }

    List<ScriptedServer.Request> requests(String start) {
        return server.requests().stream()
                .filter(request -> request.line().startsWith(start))
                .toList();
    }

    Map<String, ObjectNode> batches() {
        return batches;
    }

    List<String> cancelled() {
        return cancelled;
    }

    /** A file's content; the names of those that come of a job are output and errors, with the job's number behind. */
    void file(String id, String content) {
        files.put(id, content);
    }

    private synchronized void answer(ScriptedServer.Request request, ScriptedServer.Connection connection)
            throws IOException {
        if (oddity.answer(request.line(), connection)) {
            return;
        }
        String[] words = request.line().split(" ");
        String path = words[1].replaceFirst("\\?.*", "");
        String body = request.body();
        if (request.line().startsWith("POST /v1/chat/completions")) {
            stream(connection);
        } else if (words[0].equals("POST") && path.equals("/v1/files")) {
            String id = "file-" + (files.size() + 1);
            files.put(id, body.split("\r\n\r\n", 3)[2].replaceFirst("\r\n--inferometer-.*\r\n$", ""));
            json(connection, JSON.createObjectNode().put("id", id));
        } else if (words[0].equals("POST") && path.equals("/v1/batches")) {
            json(connection, create(JSON.readTree(body)));
        } else if (path.equals("/v1/batches")) {
            ArrayNode data = JSON.createArrayNode();
            batches.keySet().forEach(id -> data.add(state(id)));
            json(connection, JSON.createObjectNode().set("data", data));
        } else if (path.endsWith("/cancel")) {
            String id = path.split("/")[3];
            cancelled.add(id);
            json(connection, state(id).put("status", "cancelling"));
        } else if (path.startsWith("/v1/batches/")) {
            String id = path.split("/")[3];
            looks.merge(id, 1, (a, b) -> Math.min(a + b, Math.max(a, furthest)));
            json(connection, state(id));
        } else if (path.endsWith("/content")) {
            connection.write(ScriptedServer.response(200, "application/jsonl", content(path.split("/")[3])));
        } else {
            connection.write(
                    ScriptedServer.response(404, "application/json", "{\"error\":{\"message\":\"no such URL\"}}"));
        }
    }

    private static void json(ScriptedServer.Connection connection, JsonNode body) throws IOException {
        connection.write(ScriptedServer.response(200, "application/json", body.toString()));
    }

    private static void stream(ScriptedServer.Connection connection) throws IOException {
        connection.write(ScriptedServer.streamHead());
        for (String text : List.of("one", "two", "three")) {
            connection.write(ScriptedServer.chunk(ScriptedServer.content(text)));
        }
        connection.write(ScriptedServer.chunk(
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"));
        connection.write(ScriptedServer.chunk(ScriptedServer.DONE)).write(ScriptedServer.lastChunk());
    }

    /** Makes a job as one whose response does not reach the client. */
    void createUnheard(JsonNode asked) {
        create(asked);
    }

    private ObjectNode create(JsonNode asked) {
        String id = "batch_" + (batches.size() + 1);
        ObjectNode batch = (ObjectNode) asked.deepCopy();
        batches.put(id, batch.put("id", id).put("created_at", CREATED));
        looks.put(id, 0);
        return state(id);
    }

    private ObjectNode state(String id) {
        ObjectNode batch = batches.get(id).deepCopy();
        int look = looks.get(id);
        long total = files.get(batch.path("input_file_id").asText()).lines().count();
        long done = Math.max(0, Math.min(QUARTERS, look - 1)) * total / QUARTERS;
        batch.put(
                "status",
                look == 0
                        ? "validating"
                        : look <= QUARTERS + 1 ? "in_progress" : look == QUARTERS + 2 ? "finalizing" : "completed");
        batch.put("in_progress_at", look < 1 ? null : CREATED + 2);
        batch.put("finalizing_at", look < QUARTERS + 2 ? null : CREATED + 12);
        batch.put("completed_at", look < QUARTERS + 3 ? null : CREATED + 13);
        batch.putObject("request_counts")
                .put("total", total)
                .put("completed", done)
                .put("failed", 0);
        if (look >= QUARTERS + 3) {
            batch.put("output_file_id", "output-" + id);
        }
        return said.apply(batch);
    }

    private String content(String id) throws IOException {
        if (!id.startsWith("output-")) {
            return files.get(id);
        }
        StringBuilder content = new StringBuilder();
        String input = batches.get(id.substring("output-".length()))
                .path("input_file_id")
                .asText();
        for (String request : files.get(input).lines().toList()) {
            ObjectNode answer = JSON.createObjectNode()
                    .put("custom_id", JSON.readTree(request).path("custom_id").asText());
            ObjectNode body =
                    answer.putObject("response").put("status_code", 200).putObject("body");
            body.putArray("choices").addObject().putObject("message").put("content", "yes");
            body.putObject("usage")
                    .put("prompt_tokens", 10)
                    .put("completion_tokens", 4)
                    .putObject("prompt_tokens_details")
                    .put("cached_tokens", 3);
            answer.putNull("error");
            ObjectNode said = line.apply(answer);
            if (said != null) {
                content.append(said).append('\n');
            }
        }
        return content.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
