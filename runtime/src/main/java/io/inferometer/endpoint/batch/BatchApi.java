package io.inferometer.endpoint.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.record.batch.JobState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Asks an endpoint's Batch API, one call after the other; each waits for its response. None is repeated here.
 *
 * <p>A call throws a {@link ControlException} where the endpoint does not do it, and an {@link InterruptedException} where the
 * calls have been ended meanwhile, or its thread was interrupted.
 */
public final class BatchApi {
    /** Under which a job carries its own name. */
    private static final String NAME = "inferometer_job";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONTROL = Duration.ofSeconds(60);
    private static final Duration LAST = Duration.ofSeconds(5);
    private static final Duration FILE = Duration.ofHours(2);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final Calls calls;
    private final ApiRoot root;
    private final LongSupplier wallMillis;

    /** @param wallMillis the time of day of looks, milliseconds of the epoch */
    public BatchApi(ApiRoot root, Calls calls, LongSupplier wallMillis) {
        this.root = root;
        this.calls = calls;
        this.wallMillis = wallMillis;
    }

    /** Sends a file, from the disk; returns the endpoint's name for it. */
    public String upload(Path file, String name) throws ControlException, InterruptedException {
        String boundary = "inferometer-" + UUID.randomUUID();
        String head =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + ".jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n";
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
            HttpRequest.Builder request = HttpRequest.newBuilder(root.at("/files"))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(body);
            return named(calls.json(request, FILE), "file");
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a job; its response is waited for also where calls have been ended, as it tells the job's id.
     *
     * @param name its own name, by which {@link #find} finds it
     */
    public JobState create(String file, String url, String window, String name)
            throws ControlException, InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("input_file_id", file)
                .put("endpoint", url)
                .put("completion_window", window);
        body.putObject("metadata").put(NAME, name);
        JsonNode batch = calls.jsonAnyway(
                HttpRequest.newBuilder(root.at("/batches"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())),
                CONTROL);
        named(batch, "batch");
        return StateJson.state(batch, wallMillis.getAsLong());
    }

    /** The job of that name, among the endpoint's last {@value #MOST_PAGES} pages of {@value #PAGE}. */
    public Optional<JobState> find(String name) throws ControlException, InterruptedException {
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode list = calls.json(
                    HttpRequest.newBuilder(root.at("/batches?limit=" + PAGE + after))
                            .GET(),
                    CONTROL);
            if (!list.path("data").isArray()) {
                throw new ControlException(
                        "the list of batches has no data: " + ErrorBody.line(list.toString()), 200, Optional.empty());
            }
            String last = "";
            for (JsonNode batch : list.path("data")) {
                if (batch.path("metadata").path(NAME).asText("").equals(name)) {
                    return Optional.of(StateJson.state(batch, wallMillis.getAsLong()));
                }
                last = batch.path("id").asText("");
            }
            if (!list.path("has_more").asBoolean() || last.isEmpty()) {
                return Optional.empty();
            }
            after = "&after=" + encoded(last);
        }
        return Optional.empty();
    }

    /** Looks at a job. */
    public JobState look(String id) throws ControlException, InterruptedException {
        return state(calls.json(
                HttpRequest.newBuilder(root.at("/batches/" + encoded(id))).GET(), CONTROL));
    }

    /** Asks for a job to be cancelled, also after the calls have been ended; waits for that a short while. */
    public JobState cancel(String id) throws ControlException, InterruptedException {
        return state(calls.jsonAnyway(
                HttpRequest.newBuilder(root.at("/batches/" + encoded(id) + "/cancel"))
                        .POST(BodyPublishers.noBody()),
                LAST));
    }

    private JobState state(JsonNode batch) throws ControlException {
        named(batch, "batch");
        JobState state = StateJson.state(batch, wallMillis.getAsLong());
        if (state.status().isEmpty()) {
            throw new ControlException(
                    "the batch has no status: " + ErrorBody.line(batch.toString()), 200, Optional.empty());
        }
        return state;
    }

    /** Fetches a file to the disk. It is there as a whole, or not at all. */
    public void download(String id, Path to) throws ControlException, InterruptedException {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        calls.file(
                HttpRequest.newBuilder(root.at("/files/" + encoded(id) + "/content"))
                        .GET(),
                part,
                FILE);
        try {
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + to + ": " + e.getMessage(), e);
        }
    }

    private static String named(JsonNode node, String what) throws ControlException {
        String id = node.path("id").asText("");
        if (id.isEmpty()) {
            throw new ControlException(
                    "what came is no " + what + ", it has no id: " + ErrorBody.line(node.toString()),
                    200,
                    Optional.empty());
        }
        return id;
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads a body of a bounded length. */
    static byte[] read(InputStream body, int most) throws IOException {
        try (body) {
            return body.readNBytes(most);
        }
    }

    /** What the endpoint answers is not what was asked for. */
    static ControlException refused(URI uri, int status, String told, Optional<Duration> after) {
        return new ControlException(ErrorBody.join(uri.getRawPath() + " answered " + status, told), status, after);
    }
}
