package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inferometer.harness.Harness;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Greps everything that a run shows and leaves behind for the key that its requests carried, however the endpoint echoes it. */
class LeftBehindTest {
    private static final String KEY = "sk-live/Qv7+\"x<9>&zT4w";
    private static final String COOKIE = "session=5f2c9be1d0";
    private static final Map<String, String> ENVIRONMENT = Map.of("HELLO_KEY", KEY, "HELLO_COOKIE", COOKIE);

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** What an endpoint does with what it was sent. */
    private interface Echo {
        void answer(HttpExchange exchange, String secret) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The echoes of failing endpoints, one after the other. */
    private static final List<Echo> ECHOES = List.of(
            (exchange, secret) ->
                    send(exchange, 401, "application/json", json("error", "Incorrect API key: " + secret)),
            (exchange, secret) -> send(exchange, 500, "text/plain", "trace: Authorization: Bearer " + secret),
            (exchange, secret) -> send(exchange, 400, "text/html", "<p>no " + html(secret) + "</p>"),
            // Cut in the middle of the key, wherever that is.
            (exchange, secret) -> send(exchange, 500, "text/plain", "x".repeat(290) + secret),
            (exchange, secret) -> send(exchange, 500, "text/plain", secret.repeat(100)),
            (exchange, secret) -> {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://elsewhere.invalid/?key=" + URLEncoder.encode(secret, StandardCharsets.UTF_8));
                send(exchange, 307, "text/plain", "");
            },
            (exchange, secret) -> {
                exchange.getResponseHeaders().add("Retry-After", secret);
                send(exchange, 429, "text/plain", "");
            },
            (exchange, secret) -> send(exchange, 200, secret, "not a stream"),
            (exchange, secret) -> send(exchange, 200, "text/event-stream", "data: no JSON " + secret + "\n\n"),
            (exchange, secret) ->
                    send(exchange, 200, "text/event-stream", "data: {\"error\":" + json("message", secret) + "}\n\n"),
            (exchange, secret) -> send(
                    exchange,
                    200,
                    "text/event-stream",
                    "data: {\"choices\":[{\"delta\":" + json("content", "your key is " + secret)
                            + ",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "nio"})
    void noEchoOfTheKeyIsShownOrKept(String transport) throws Exception {
        answer(ECHOES.toArray(Echo[]::new));

        int status = run("--no-preflight", "--transport", transport, "--requests", "66");

        assertThat(status).isEqualTo(3);
        assertThat(requests).hasValue(66);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("# Request 0: ", "***", "Failed requests");
        assertNothingHoldsTheKey(5);
    }

    @Test
    void noEchoOfTheKeyIsInTheMessageOfThePreFlightOrItsStackTrace() throws Exception {
        for (Echo echo : ECHOES) {
            answer(echo);
            run("--requests", "2", "--force");
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the pre-flight of Hello failed: 401: Incorrect API key: ***; is the key in HELLO_KEY this")
                .contains("\tat io.inferometer.harness.trial.PreFlight");
        assertNothingHoldsTheKey(0);
    }

    @Test
    void aReportOfTheJournalTellsNoneEither() throws Exception {
        answer(ECHOES.toArray(Echo[]::new));
        run("--no-preflight", "--requests", "22");
        out.reset();

        int status = command(
                "report",
                dir.resolve("run.journal.jsonl").toString(),
                "-rf",
                "json",
                "-rff",
                dir.resolve("again.json").toString());

        assertThat(status).isZero();
        assertThat(out.size()).isPositive();
        assertNothingHoldsTheKey(6);
    }

    /** An endpoint that tells the headers that it was sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --auth=bearer                                   | Authorization | 'Bearer '
            --auth=Api-Key-Scheme                           | Authorization | 'Api-Key '
            --auth=X-Goog-Api-Key                           | X-Goog-Api-Key | ''
            --protocol=messages                             | x-api-key     | ''
            --protocol=responses                            | Authorization | 'Bearer '
            --base-url=URL/openai/deployments/d?api-version=1 | api-key     | ''
            """)
    void theKeyIsSentInTheHeaderThatCarriesItAndMaskedEverywhere(String option, String header, String before)
            throws Exception {
        List<Headers> sent = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            sent.add(exchange.getRequestHeaders());
            send(
                    exchange,
                    401,
                    "text/plain",
                    "not with " + exchange.getRequestHeaders().values());
        });

        int status = run("--no-preflight", "--requests", "4", option.replace("URL", url()));

        assertThat(status).isEqualTo(3);
        assertThat(sent).hasSizeGreaterThanOrEqualTo(4).allSatisfy(headers -> {
            assertThat(headers.get(header)).containsExactly(before + KEY);
            assertThat(headers.values().stream().flatMap(List::stream).filter(it -> it.contains(KEY)))
                    .hasSize(1);
        });
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("not with", "***");
        assertNothingHoldsTheKey(5);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(Echo... echoes) {
        if (requests.getAndSet(0) > 0) {
            server.removeContext("/v1/chat/completions");
        }
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String sent = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
            assertThat(sent).isEqualTo(KEY);
            int number = requests.getAndIncrement();
            String cookie = exchange.getRequestHeaders().getFirst("X-Mine");
            echoes[number % echoes.length].answer(exchange, number % 3 == 2 ? cookie : sent);
        });
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String json(String name, String text) {
        return "{\"" + name + "\":\"" + text.replace("\"", "\\\"") + "\"}";
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A run that shows and keeps as much as it can. */
    private int run(String... more) {
        List<String> line = new ArrayList<>(List.of("-v", "EXTRA", "--save-detailed", "--no-client-warmup", "--force"));
        line.addAll(List.of("--header", "X-Mine: ${HELLO_COOKIE}", "--dialect", "vllm"));
        line.addAll(List.of("--journal", dir.resolve("run.journal.jsonl").toString()));
        for (String format : List.of("json", "summary", "vllm", "csv")) {
            line.addAll(
                    List.of("-rf", format, "-rff", dir.resolve("run-" + format).toString()));
        }
        Stream.of(more).filter(option -> !line.contains(option)).forEach(line::add);
        return command(line.toArray(String[]::new));
    }

    private int command(String... line) {
        WorkloadDescriptor hello = WorkloadDescriptor.of("Hello", "demo.Hello")
                .main()
                .endpoint(url())
                .apiKey("", "HELLO_KEY")
                .model("m")
                .load(new Load.Closed(2))
                .measurement(Iterations.ofRequests(1, 1))
                .build();
        CommandContext context = new CommandContext(
                Providers.of(List.of(new FakeBinding(hello))),
                ENVIRONMENT::get,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Main(context, (plan, report, forked) -> new Harness(plan, ENVIRONMENT::get, report).run(), List.of())
                .run(line);
    }

    /** Looks for every part of the secrets that would tell them, in whatever spelling: what has no special characters. */
    private void assertNothingHoldsTheKey(int files) throws IOException {
        for (String part : List.of("sk-live", "Qv7", "zT4w", "session=5f", "9be1d0")) {
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(part);
            assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(part);
            try (Stream<Path> all = Files.list(dir)) {
                for (Path file : all.toList()) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain(part);
                }
            }
        }
        try (Stream<Path> all = Files.list(dir)) {
            assertThat(all).hasSizeGreaterThanOrEqualTo(files);
        }
    }
}
