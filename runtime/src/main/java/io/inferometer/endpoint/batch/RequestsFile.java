package io.inferometer.endpoint.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.batch.JobHistory.JobFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The file of a job's requests, a JSON object on each line: checked as the Batch API would, before it is sent.
 *
 * @param file what there is to know of it
 * @param ids the {@code custom_id} of each request
 */
public record RequestsFile(JobFile file, Set<String> ids) {
    private static final long MOST_REQUESTS = 50_000;
    private static final long MOST_BYTES = 200L << 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public RequestsFile {
        ids = Set.copyOf(ids);
    }

    /**
     * Reads a file to its end.
     *
     * @throws IllegalArgumentException if a job can't be made of it; the message names file, line and reason
     * @throws IOException if it can't be read; the message says so
     */
    public static RequestsFile read(Path path) throws IOException {
        try {
            long bytes = Files.size(path);
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException(
                        path + " has " + bytes + " bytes; a job takes " + MOST_BYTES + " (200 MB) at most: split it");
            }
            try (JsonLines lines = new JsonLines(path)) {
                Reading reading = new Reading(path);
                while (lines.next()) {
                    reading.add(lines);
                }
                return reading.end(bytes);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path, e);
        }
    }

    /** Writes a request as a line of such a file. */
    public static void write(OutputStream out, String id, String url, byte[] body) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("custom_id", id)
                .put("method", "POST")
                .put("url", url);
        line.set("body", JSON.readTree(body));
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }

    /** What has been seen of a file. */
    private static final class Reading {
        private final Path path;
        private final Map<String, Long> ids = new HashMap<>();
        private String url = "";
        private String model = "";

        Reading(Path path) {
            this.path = path;
        }

        void add(JsonLines lines) {
            JsonNode line = object(lines);
            String id = line.path("custom_id").asText("");
            check(!id.isEmpty() && line.path("custom_id").isTextual(), lines, "it has no custom_id");
            Long before = ids.putIfAbsent(id, lines.number());
            check(before == null, lines, "its custom_id " + brief(id) + " is that of line " + before + " too");
            check(
                    ids.size() <= MOST_REQUESTS,
                    lines,
                    "it is request " + ids.size() + "; a job takes 50,000 at most: split the file");
            String method = line.path("method").asText("");
            check(
                    method.equals("POST"),
                    lines,
                    "its method is " + (method.isEmpty() ? "missing" : brief(method)) + ", not POST");
            String asked = line.path("url").asText("");
            check(
                    asked.startsWith("/"),
                    lines,
                    "its url is " + said(asked) + ", not a path such as /v1/chat/completions");
            check(ids.size() == 1 || url.equals(asked), lines, "its url is " + asked + ", that of line 1 is " + url);
            url = asked;
            JsonNode body = line.path("body");
            check(body.isObject(), lines, "it has no body, or one that is no JSON object");
            String wanted = body.path("model").asText("");
            check(
                    ids.size() == 1 || model.equals(wanted),
                    lines,
                    "its model is " + said(wanted) + ", that of line 1 is " + said(model) + ": a job is of one model");
            model = wanted;
            check(!body.path("stream").asBoolean(), lines, "its body asks for a stream, which a job can't give");
        }

        private JsonNode object(JsonLines lines) {
            check(!lines.tooLong(), lines, "it is longer than " + JsonLines.LONGEST + " bytes");
            check(!lines.blank(), lines, "it is empty");
            try {
                JsonNode line = JSON.readTree(lines.bytes());
                check(line.isObject(), lines, "it is no JSON object");
                return line;
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        path + ", line " + lines.number() + ": it is not JSON: "
                                + e.getOriginalMessage().replaceAll("\\s+", " "),
                        e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void check(boolean right, JsonLines lines, String wrong) {
            if (!right) {
                throw new IllegalArgumentException(path + ", line " + lines.number() + ": " + wrong);
            }
        }

        private static String said(String text) {
            return text.isEmpty() ? "missing" : brief(text);
        }

        private static String brief(String text) {
            String line = text.replaceAll("\\p{Cntrl}", "?");
            return line.length() <= 60 ? line : line.substring(0, 57) + "...";
        }

        RequestsFile end(long bytes) {
            if (ids.isEmpty()) {
                throw new IllegalArgumentException(path + " has no requests");
            }
            return new RequestsFile(new JobFile(path.toString(), ids.size(), bytes, url, model), ids.keySet());
        }
    }
}
