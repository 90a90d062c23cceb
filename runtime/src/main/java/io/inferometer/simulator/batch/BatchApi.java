package io.inferometer.simulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.JsonBody;
import io.inferometer.simulator.protocol.JsonText;
import io.inferometer.simulator.protocol.Protocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of files and batches. Its replies are made on {@link #thread}. */
public final class BatchApi implements AutoCloseable {
    public static final String FILES = "/v1/files";
    public static final String BATCHES = "/v1/batches";

    private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final String NO_METADATA = "null";
    private static final int MOST_LISTED = 100;
    private static final int LISTED = 20;

    private final BatchConduct conduct;
    private final FileStore files;
    private final Batches batches;
    private final ScheduledExecutorService thread = thread("sim-batch");
    private final ScheduledExecutorService fileThread = thread("sim-files");

    /** The API of one endpoint, for these models; empty for any. */
    public BatchApi(BatchConduct conduct, List<String> models, LineRunner runner) {
        String run = Long.toHexString(System.currentTimeMillis());
        this.conduct = conduct;
        this.files = new FileStore(run);
        this.batches = new Batches(run, conduct, models, runner, files, thread, fileThread);
    }

    private static ScheduledExecutorService thread(String name) {
        // What comes to an endpoint that has ended is nobody's business any more.
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** What a request gets. */
    public sealed interface Answer {}

    /** An object. */
    public record Json(String json) implements Answer {}

    /** What is in a file. */
    public record Content(StoredFile file) implements Answer {}

    /** Whether a path is of this API. */
    public static boolean serves(String path) {
        return path.equals(FILES)
                || path.startsWith(FILES + "/")
                || path.equals(BATCHES)
                || path.startsWith(BATCHES + "/");
    }

    /** Where {@link #answer} is to be called. */
    public Executor thread() {
        return thread;
    }

    /** Where an upload is to be finished. */
    public Executor fileThread() {
        return fileThread;
    }

    /** Begins to take a file in. */
    public Upload upload(HttpRequest head) {
        return new Upload(head, files, fileThread);
    }

    /** Ends that; on {@link #fileThread}. */
    public Answer uploaded(Upload upload) throws ApiException {
        return new Json(upload.finish());
    }

    /**
     * What a request gets that is no upload.
     *
     * @param path its path, which is {@linkplain #serves served}
     * @throws ApiException if that is an error
     */
    public Answer answer(HttpRequest request, String path, byte[] body) throws ApiException {
        String method = request.method().name();
        String[] parts = path.substring("/v1/".length()).split("/", -1);
        boolean isFile = parts[0].equals("files");
        if (parts.length == 1) {
            allow(method, "GET", isFile ? "GET" : "POST");
            if (method.equals("POST")) {
                return new Json(create(JsonBody.object(body, 0, body.length)).json());
            }
            QueryStringDecoder query = new QueryStringDecoder(request.uri());
            return new Json(
                    isFile
                            ? list(files.all(), StoredFile::id, StoredFile::json, query)
                            : list(batches.all(), Batch::id, Batch::json, query));
        }
        if (parts.length == 2 && isFile) {
            allow(method, "GET", "DELETE");
            StoredFile file = files.get(parts[1]);
            if (method.equals("GET")) {
                return new Json(file.json());
            }
            files.delete(file.id());
            return new Json("{\"id\":\"" + file.id() + "\",\"object\":\"file\",\"deleted\":true}");
        }
        if (parts.length == 2) {
            allow(method, "GET", "GET");
            return new Json(batches.get(parts[1]).json());
        }
        if (parts.length == 3 && isFile && parts[2].equals("content")) {
            allow(method, "GET", "GET");
            return new Content(files.get(parts[1]));
        }
        if (parts.length == 3 && !isFile && parts[2].equals("cancel")) {
            allow(method, "POST", "POST");
            return new Json(batches.cancel(parts[1]).json());
        }
        throw ApiException.invalid(HttpResponseStatus.NOT_FOUND, "no path " + path, null, "not_found");
    }

    private static void allow(String method, String one, String other) throws ApiException {
        if (!method.equals(one) && !method.equals(other)) {
            String allowed = one.equals(other) ? one : one + ", " + other;
            throw ApiException.invalid(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            method + " is not allowed here, only " + allowed,
                            null,
                            "method_not_allowed")
                    .with(HttpHeaderNames.ALLOW, allowed);
        }
    }

    private Batch create(JsonNode body) throws ApiException {
        StoredFile input = files.get(required(body, "input_file_id"));
        String endpoint = required(body, "endpoint");
        Protocol protocol = Protocol.at(endpoint)
                .orElseThrow(() -> ApiException.badRequest(
                        "endpoint '" + endpoint + "' is none of " + Protocol.allPaths(), "endpoint"));
        String window = required(body, "completion_window");
        Matcher matcher = WINDOW.matcher(window);
        if (!matcher.matches()) {
            throw ApiException.badRequest(
                    "completion_window must be a number of s, m, h or d, like 24h", "completion_window");
        }
        TimeUnit unit = switch (matcher.group(2)) {
            case "s" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            default -> TimeUnit.DAYS;
        };
        long asked = unit.toNanos(Long.parseLong(matcher.group(1)));
        if (!input.purpose().equals("batch")) {
            throw ApiException.badRequest(
                    "file '" + input.id() + "' is for " + input.purpose() + ", not for batch", "input_file_id");
        }
        JsonNode metadata = body.path("metadata");
        return batches.create(new Batch.Terms(
                input,
                endpoint,
                protocol,
                window,
                conduct.windowNanos() > 0 ? conduct.windowNanos() : asked,
                metadata.isObject() ? metadata.toString() : NO_METADATA));
    }

    private static String required(JsonNode body, String name) throws ApiException {
        String text = JsonBody.text(body, name);
        if (text == null) {
            throw ApiException.badRequest(name + " is missing", name);
        }
        return text;
    }

    /** A page of a list: {@code limit} members at most, those after the id {@code after}. */
    private static <T> String list(
            Collection<T> all, Function<T, String> id, Function<T, String> json, QueryStringDecoder query)
            throws ApiException {
        List<T> left = all.stream()
                .dropWhile(each -> query.parameters().containsKey("after")
                        && !id.apply(each)
                                .equals(query.parameters().get("after").get(0)))
                .skip(query.parameters().containsKey("after") ? 1 : 0)
                .toList();
        List<T> page = left.stream().limit(limit(query)).toList();
        return "{\"object\":\"list\",\"data\":["
                + String.join(",", page.stream().map(json).toList()) + "],\"first_id\":"
                + JsonText.quote(page.isEmpty() ? null : id.apply(page.get(0))) + ",\"last_id\":"
                + JsonText.quote(page.isEmpty() ? null : id.apply(page.get(page.size() - 1))) + ",\"has_more\":"
                + (page.size() < left.size()) + "}";
    }

    private static int limit(QueryStringDecoder query) throws ApiException {
        String limit =
                query.parameters().getOrDefault("limit", List.of("" + LISTED)).get(0);
        if (!limit.matches("[1-9][0-9]{0,4}")) {
            throw ApiException.badRequest("limit must be a whole number from 1 on", "limit");
        }
        return Math.min(MOST_LISTED, Integer.parseInt(limit));
    }

    /** Forgets all jobs and files. */
    @Override
    public void close() {
        thread.shutdownNow();
        fileThread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
            fileThread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.close();
    }
}
