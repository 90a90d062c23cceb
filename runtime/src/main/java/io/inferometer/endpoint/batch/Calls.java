package io.inferometer.endpoint.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.protocol.ErrorBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes calls over java.net.http and waits for their responses, for as long as nobody has ended that. */
public final class Calls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The longest response that is no file; a page of batches is about a tenth of a megabyte. */
    private static final int LONGEST = 16 << 20;

    private static final int LONGEST_ERROR = 64 << 10;
    private static final long AGAIN_MILLIS = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "inferometer-control");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client;
    private final Map<String, String> headers;
    private final CountDownLatch ended;

    /**
     * @param headers those of every call, the key among them
     * @param insecure whether the endpoint's certificate is not verified
     * @param ended is open once no call is waited for any more
     */
    public Calls(Map<String, String> headers, boolean insecure, CountDownLatch ended) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20))
                .executor(threads);
        client = (insecure ? builder.sslContext(TrustAll.context()) : builder).build();
        this.headers = Map.copyOf(headers);
        this.ended = ended;
    }

    private interface Body<T> {
        T read(InputStream body) throws IOException;
    }

    /** Calls for JSON. */
    JsonNode json(HttpRequest.Builder call, Duration atMost) throws ControlException, InterruptedException {
        return json(call, atMost, ended);
    }

    /** Calls for JSON, and waits for it whether calls have been ended or not. */
    JsonNode jsonAnyway(HttpRequest.Builder call, Duration atMost) throws ControlException, InterruptedException {
        return json(call, atMost, new CountDownLatch(1));
    }

    private JsonNode json(HttpRequest.Builder call, Duration atMost, CountDownLatch until)
            throws ControlException, InterruptedException {
        byte[] body = call(call, atMost, until, in -> BatchApi.read(in, LONGEST));
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Told below, in the endpoint's words.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ControlException(
                "what came is no JSON object: " + ErrorBody.excerpt(body, 0, body.length), 200, Optional.empty());
    }

    /** Calls for a file, which is replaced. */
    void file(HttpRequest.Builder call, Path to, Duration atMost) throws ControlException, InterruptedException {
        call(call, atMost, ended, in -> {
            try (in) {
                return Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    private <T> T call(HttpRequest.Builder call, Duration atMost, CountDownLatch until, Body<T> body)
            throws ControlException, InterruptedException {
        call.setHeader("Accept", "application/json").setHeader("User-Agent", "inferometer");
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-type")) {
                call.setHeader(name, value);
            }
        });
        HttpRequest request = call.build();
        CompletableFuture<HttpResponse<InputStream>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<Answer<T>> answer =
                response.thenApplyAsync(headed -> answer(request.uri(), headed, body), threads);
        try {
            Answer<T> known = await(answer, atMost, until);
            if (known.refusal() != null) {
                throw known.refusal();
            }
            return known.value();
        } catch (ExecutionException e) {
            throw broken(request.uri(), e.getCause());
        } catch (TimeoutException e) {
            throw new ControlException(
                    request.uri().getRawPath() + " has not answered within " + atMost.toSeconds() + " s",
                    ControlException.NO_RESPONSE,
                    Optional.empty());
        } finally {
            response.cancel(true);
        }
    }

    /** Either what was asked for or why not. */
    private record Answer<T>(T value, ControlException refusal) {}

    private static <T> Answer<T> answer(URI uri, HttpResponse<InputStream> response, Body<T> body) {
        try {
            int status = response.statusCode();
            if (status / 100 == 2) {
                return new Answer<>(body.read(response.body()), null);
            }
            byte[] told = BatchApi.read(response.body(), LONGEST_ERROR);
            Optional<Duration> after =
                    response.headers().firstValue("Retry-After").flatMap(Calls::pause);
            return new Answer<>(null, BatchApi.refused(uri, status, ErrorBody.message(told, 0, told.length), after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Duration atMost, CountDownLatch until)
            throws InterruptedException, ExecutionException, TimeoutException {
        CountDownLatch done = new CountDownLatch(1);
        answer.whenComplete((value, thrown) -> done.countDown());
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!done.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            if (until.getCount() == 0) {
                throw new InterruptedException("ended");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException();
            }
        }
        return answer.get();
    }

    private static ControlException broken(URI uri, Throwable thrown) {
        Throwable cause = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
        return new ControlException(
                Breakage.of(Breakage.Stage.AWAITED, cause).text(uri), ControlException.NO_RESPONSE, Optional.empty());
    }

    /** The time that a Retry-After tells: seconds, or a date. */
    static Optional<Duration> pause(String text) {
        Duration pause;
        try {
            pause = text.strip().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
                    ? Duration.ofMillis(Math.round(Double.parseDouble(text.strip()) * 1e3))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        return pause.isNegative()
                ? Optional.empty()
                : Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
