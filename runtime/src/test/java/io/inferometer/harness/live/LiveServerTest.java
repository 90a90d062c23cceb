package io.inferometer.harness.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.harness.APlan;
import io.inferometer.harness.CountingBinding;
import io.inferometer.harness.ForkInThisJvm;
import io.inferometer.harness.Harness;
import io.inferometer.harness.RunOutcome;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run by HTTP, on a real socket, beside a run that is on. */
class LiveServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Iterations ENDLESS = Iterations.ofRequests(1, 1_000_000);

    @TempDir
    Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedEndpoint endpoint;
    private Harness harness;
    private CompletableFuture<RunReport> run;
    private String address;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")));
    }

    @AfterEach
    void endAll() throws Exception {
        if (run != null) {
            harness.interrupt();
            run.get(30, TimeUnit.SECONDS);
        }
        endpoint.close();
    }

    @Test
    void whatDoesNotKnowTheTokenFindsNothing() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, false)));

        assertThat(address).matches("http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{32}/");
        String origin = address.replaceFirst("/[0-9a-f]{32}/$", "");
        assertThat(get(address).statusCode()).isEqualTo(200);
        for (String path : new String[] {"/", "/events", "/report.json", "/" + "0".repeat(32) + "/", "/favicon.ico"}) {
            assertThat(get(origin + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(post(origin + "/stop", "X-Inferometer-Stop").statusCode()).isEqualTo(404);
        assertThat(get(address + "other").statusCode()).isEqualTo(404);
        assertThat(run).isNotDone();
    }

    @Test
    void thePageMayAskItsOwnServerAlone() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, false)));

        HttpResponse<String> page = get(address);
        assertThat(page.body())
                .contains("content=\"default-src 'none'; ", "; connect-src 'self'\"", "id=\"live-stop\"")
                .doesNotContain("unsafe-inline", " src=\"");
        assertThat(page.headers().map())
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry("cross-origin-resource-policy", List.of("same-origin"));
    }

    @Test
    void whoAsksForTheHeadAloneIsAnsweredWithoutAWordOnTheConsole() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, false)));
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("com.sun.net.httpserver");
        Handler handler = new StreamHandler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage());
            }
        };
        logger.addHandler(handler);
        try {
            HttpRequest head = HttpRequest.newBuilder(URI.create(address))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void aNameThatWasLedHereFindsNothing() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, true)));

        assertThat(address).matches("http://127\\.0\\.0\\.1:[0-9]+/");
        assertThat(statusOf("localhost:1234")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(statusOf("attacker.example")).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(statusOf("127.0.0.1.attacker.example:80")).isEqualTo("HTTP/1.1 404 Not Found");
    }

    /** The JDK's client sets the host itself. */
    private String statusOf(String host) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void itsNumbersMoveWhileTheRunGoesOn() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, false)));

        Iterator<JsonNode> events = events();
        JsonNode first = await(events, "measuring");
        JsonNode later = first;
        while (requests(later) <= requests(first) || later.path("course").isMissingNode()) {
            later = events.next();
        }
        assertThat(later.at("/live/inFlight").asInt()).isBetween(0, 4);
        assertThat(later.at("/rows/0/name").asText()).isEqualTo("Counting");
        assertThat(later.at("/rows/0/ttftMs/p50").asDouble()).isGreaterThan(4);
        assertThat(later.at("/rows/0/failed").asInt()).isZero();
        assertThat(later.at("/course/course/inFlight").size()).isPositive();
        assertThat(get(address + "report.json").statusCode()).isEqualTo(404);
    }

    private static long requests(JsonNode told) {
        return told.at("/rows/0/requests").asLong();
    }

    @Test
    void itsButtonEndsTheRunInOrderAndThePageTakesTheReportAlong() throws Exception {
        Plan plan = plan(ENDLESS, new Plan.Live(0, false));
        start(plan);
        Iterator<JsonNode> events = events();
        await(events, "measuring");

        assertThat(get(address + "stop").statusCode()).isEqualTo(405);
        assertThat(post(address + "stop", "X-Other").statusCode()).isEqualTo(403);
        assertThat(run).isNotDone();
        assertThat(post(address + "stop", "X-Inferometer-Stop").statusCode()).isEqualTo(202);
        JsonNode last = await(events, "ended");
        HttpResponse<String> html = get(address + "report.html");
        HttpResponse<String> json = get(address + "report.json");
        RunReport report = run.get(30, TimeUnit.SECONDS);

        assertThat(RunOutcome.of(plan, report)).isEqualTo(new RunOutcome.Interrupted());
        assertThat(last.at("/live/text").asText()).isEqualTo("The run has ended early: interrupted.");
        long total = report.trials().get(0).summary().outcomes().total();
        assertThat(requests(last)).isEqualTo(total);
        assertThat(last.at("/page/runs/0/result/complete").asBoolean(true)).isFalse();
        assertThat(html.body()).contains("default-src 'none'").doesNotContain("connect-src");
        assertThat(JSON.readTree(json.body())
                        .at("/trials/0/summary/requests/total")
                        .asLong())
                .isEqualTo(total);
        long[] kept = new long[1];
        JournalReader.read(plan.files().journal().orElseThrow(), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> header) {}

            @Override
            public void request(RequestRecord request) {
                kept[0]++;
            }
        });
        assertThat(kept[0]).isEqualTo(total);
    }

    @Test
    void itShowsARunThatHasForks() throws Exception {
        Plan plan = APlan.like(plan(Iterations.ofRequests(1, 200), new Plan.Live(0, true)))
                .forks(2)
                .plan();
        harness = new Harness(plan, name -> null, finding(), ForkInThisJvm.of(plan));
        run = supply();
        Iterator<JsonNode> events = awaitAddress();

        JsonNode last = await(events, "ended");
        get(address + "report.json");
        assertThat(requests(last)).isEqualTo(400);
        assertThat(last.at("/live/text").asText()).isEqualTo("The run has ended, and is complete.");
    }

    @Test
    void requestsThatAreNeverSentToTheirEndDoNotKeepThePageFromItsReaders() throws Exception {
        start(plan(ENDLESS, new Plan.Live(0, false)));
        URI page = URI.create(address);
        List<Socket> halfSent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(page.getHost(), page.getPort());
                halfSent.add(socket);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(answersWithin(Duration.ofSeconds(60))).isTrue();
        } finally {
            for (Socket socket : halfSent) {
                socket.close();
            }
        }
    }

    private boolean answersWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            try {
                HttpRequest asked = HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(2))
                        .build();
                if (http.send(asked, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        return false;
    }

    @Test
    void aRunWhosePageNobodyHasOpenedIsNotHeldUp() throws Exception {
        Plan plan = plan(Iterations.ofRequests(1, 1), new Plan.Live(0, false));
        start(plan);
        run.get(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> get(address)).isInstanceOf(IOException.class);
    }

    @Test
    void aPortThatIsTakenIsToldBeforeAnythingIsWritten() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Plan plan = plan(ENDLESS, new Plan.Live(other.getLocalPort(), false));

            assertThatThrownBy(() -> new Harness(plan, name -> null, new Report() {}).run())
                    .isInstanceOf(UsageException.class)
                    .hasMessage("--live=" + other.getLocalPort() + ": can't listen at that port: Address already in use"
                            + "; give another one, or --live alone for a free one");
            assertThat(plan.files().journal().orElseThrow()).doesNotExist();
        }
    }

    private Plan plan(Iterations measurement, Plan.Live live) {
        return APlan.of(
                        dir.resolve("run.journal.jsonl"),
                        new APlan.ATrial(new CountingBinding(), endpoint.url())
                                .load(new Load.Closed(4), Iterations.NONE, measurement))
                .live(live)
                .plan();
    }

    private final CompletableFuture<String> found = new CompletableFuture<>();

    private Report finding() {
        return new Report() {
            @Override
            public void runStarted(RunHeader header) {
                assertThat(found).isNotDone();
            }

            @Override
            public void live(String where) {
                found.complete(where);
            }
        };
    }

    private void start(Plan plan) throws Exception {
        harness = new Harness(plan, name -> null, finding());
        run = supply();
        address = found.get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<RunReport> supply() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return harness.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Iterator<JsonNode> awaitAddress() throws Exception {
        address = found.get(30, TimeUnit.SECONDS);
        return events();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String header) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header(header, "yes")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What the page is told, one after the other. */
    private Iterator<JsonNode> events() throws Exception {
        HttpResponse<Stream<String>> answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "events"))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        return answer.body()
                .filter(line -> line.startsWith("data: "))
                .map(line -> {
                    try {
                        return JSON.readTree(line.substring("data: ".length()));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .iterator();
    }

    private static JsonNode await(Iterator<JsonNode> events, String state) {
        JsonNode told = events.next();
        while (!told.at("/live/state").asText().equals(state)) {
            told = events.next();
        }
        return told;
    }
}
