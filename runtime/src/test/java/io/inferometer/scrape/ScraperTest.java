package io.inferometer.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.record.server.Quantity;
import io.inferometer.record.server.ServerReading;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.record.server.ServerTold;
import io.inferometer.secret.Secrets;
import io.inferometer.simulator.Await;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.server.ServerBuilder;
import io.inferometer.stats.server.ServerSummary;
import io.inferometer.stats.server.ServerWindow;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of servers that do what a test says. */
@Timeout(60)
class ScraperTest {
    private static final String KEY = "sk-very-secret-123";

    private final List<ServerRecord> learnt = new CopyOnWriteArrayList<>();
    private final long origin = System.nanoTime();

    private Scraper scraper() {
        return new Scraper(new Scraper.Context(learnt::add, System::nanoTime, origin, Secrets.of(KEY)::redact));
    }

    private static Endpoint endpoint(String url) {
        return new Endpoint(URI.create(url + "/v1/chat/completions"), Map.of("Authorization", "Bearer " + KEY), false);
    }

    private List<ServerReading> readings(int replica) {
        return learnt.stream()
                .filter(ServerReading.class::isInstance)
                .map(ServerReading.class::cast)
                .filter(reading -> reading.replica() == replica)
                .toList();
    }

    private List<ServerTold> told() {
        return learnt.stream()
                .filter(ServerTold.class::isInstance)
                .map(ServerTold.class::cast)
                .toList();
    }

    /** Answers with these pages, one after the other, and then with the last one again and again. */
    private static ScriptedServer pages(String... pages) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return new ScriptedServer((request, connection) -> {
            boolean asked = request.line().startsWith("GET /metrics ");
            connection.write(
                    asked
                            ? ScriptedServer.response(
                                    200, "text/plain", pages[Math.min(next.getAndIncrement(), pages.length - 1)])
                            : ScriptedServer.response(404, "text/plain", ""));
        });
    }

    private static URI metrics(ScriptedServer server) {
        return URI.create(server.url() + "/metrics");
    }

    private static String vllm(int tokens) {
        return "vllm:generation_tokens_total{engine=\"0\"} " + tokens + "\n";
    }

    @Test
    void aServerThatIsStartedAgainAndOneThatIsNotThereGiveTheRightSum() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        // The first answer of each is that by which its engine is known.
        try (ScriptedServer one = pages(vllm(100), vllm(100), vllm(160), vllm(30), vllm(45));
                ScriptedServer two = pages(
                        "sglang:generation_tokens_total 7\n",
                        "sglang:generation_tokens_total 7\n",
                        "sglang:generation_tokens_total 1007\n");
                Scraper scraper = scraper()) {
            URI missing = URI.create("http://127.0.0.1:" + nobody + "/metrics");
            scraper.open(List.of(metrics(one), missing, metrics(two)), false, endpoint(one.url()));
            for (int i = 0; i < 4; i++) {
                scraper.quiet();
            }

            ServerBuilder builder = new ServerBuilder();
            learnt.forEach(builder::add);
            ServerWindow window = new ServerWindow(0, 0, readings(0).get(0).atNanos() + 1);
            window.add(ARequest.sent((readings(2).get(0).atNanos() + 1) / 1e6)
                    .end((readings(0).get(3).atNanos() - 1) / 1e6)
                    .record());
            window.ended(true);
            ServerSummary server = builder.build(List.of(window));

            assertThat(server.figures().grown(Quantity.OUTPUT_TOKENS)).isEqualTo(60 + 30 + 15 + 1000);
            assertThat(server.replicas())
                    .extracting(ServerSummary.Replica::engine)
                    .containsExactly("vLLM", "", "SGLang");
            assertThat(server.restarts()).isEqualTo(1);
            assertThat(server.misses()).isEqualTo(4);
            assertThat(server.replicas().get(1).course().lastMiss())
                    .isEqualTo(
                            "connection refused by 127.0.0.1:" + nobody + "; is the endpoint up, and the port right?");
        }
    }

    @Test
    void theKeyIsSentToTheEndpointsOwnOriginAlone() throws Exception {
        try (ScriptedServer own = pages(vllm(1));
                ScriptedServer other = pages(vllm(1));
                Scraper scraper = scraper()) {
            scraper.open(List.of(metrics(own), metrics(other)), false, endpoint(own.url()));
            scraper.quiet();

            assertThat(own.requests())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(
                            request -> assertThat(request.headers()).containsEntry("Authorization", "Bearer " + KEY));
            assertThat(other.requests())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
        }
    }

    @Test
    void aPageThatIsNamedTwiceOrIsTheEndpointsOwnTooCountsOnce() throws Exception {
        try (ScriptedServer own = pages(vllm(1));
                Scraper scraper = scraper()) {
            URI shouted = URI.create(metrics(own).toString().replace("http://", "HTTP://"));
            scraper.open(List.of(metrics(own), shouted), true, endpoint(own.url()));
            scraper.quiet();

            assertThat(told()).hasSize(1);
            assertThat(learnt)
                    .filteredOn(ServerReading.class::isInstance)
                    .extracting(ServerRecord::replica)
                    .containsExactly(0);
        }
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        try (ScriptedServer elsewhere = pages(vllm(1));
                ScriptedServer own = new ScriptedServer((request, connection) -> connection.write(
                        "HTTP/1.1 302 X\r\nLocation: " + elsewhere.url() + "/metrics\r\nContent-Length: 0\r\n\r\n"));
                Scraper scraper = scraper()) {
            scraper.open(List.of(metrics(own)), false, endpoint(own.url()));
            scraper.quiet();

            assertThat(elsewhere.requests()).isEmpty();
            assertThat(readings(0)).extracting(ServerReading::miss).containsExactly("HTTP 302");
        }
    }

    @Test
    void aPageThatStallsIsAMissAndHoldsUpNoOther() throws Exception {
        try (ScriptedServer stalled = new ScriptedServer((request, connection) -> {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nvllm:a 1\n");
                    connection.awaitClosed();
                });
                ScriptedServer quick = pages(vllm(1));
                Scraper scraper = scraper()) {
            scraper.open(List.of(metrics(quick)), false, endpoint(quick.url()));
            try (Scraper both = scraper()) {
                both.open(List.of(metrics(stalled), metrics(quick)), false, endpoint(quick.url()));
                both.quiet();
            }

            assertThat(readings(0)).extracting(ServerReading::miss).containsExactly("no answer within 5 s");
            assertThat(readings(1)).extracting(ServerReading::miss).containsExactly("");
            assertThat(readings(1).get(0).values()).containsEntry(Quantity.OUTPUT_TOKENS, 1.0);
        }
    }

    @Test
    void whoIsStoppedWaitsForNoPage() throws Exception {
        try (ScriptedServer stalled = new ScriptedServer((request, connection) -> connection.awaitClosed());
                Scraper scraper = scraper()) {
            scraper.stop();

            scraper.open(List.of(metrics(stalled)), false, endpoint(stalled.url()));
            scraper.quiet();

            assertThat(readings(0)).extracting(ServerReading::miss).doesNotContain("no answer within 5 s");
        }
    }

    @Test
    void itsOwnPageIsFoundBesideTheVersionOfTheApiAndAtOtherPlaces() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                        request.line().startsWith("GET /models/m/prometheus/metrics ")
                                ? ScriptedServer.response(200, "text/plain", "trtllm_generation_tokens_total 4\n")
                                : request.line().startsWith("GET /models/m/metrics ")
                                        ? ScriptedServer.response(200, "application/json", "[{\"iter\": 1}]")
                                        : ScriptedServer.response(404, "text/plain", "")));
                Scraper scraper = scraper()) {
            Endpoint endpoint =
                    new Endpoint(URI.create(server.url() + "/models/m/v1/chat/completions"), Map.of(), false);

            assertThat(scraper.open(List.of(), true, endpoint)).isEmpty();
            assertThat(told()).singleElement().satisfies(what -> {
                assertThat(what.url()).isEqualTo(server.url() + "/models/m/prometheus/metrics");
                assertThat(what.engine()).isEqualTo("TensorRT-LLM");
            });
        }
    }

    @Test
    void aPageWithoutAMetricYetIsKnownByItsFirst() throws Exception {
        try (ScriptedServer server = pages("", "", "sglang:generation_tokens_total 7\n");
                Scraper scraper = scraper()) {
            scraper.open(List.of(metrics(server)), false, endpoint(server.url()));
            scraper.quiet();
            scraper.quiet();
            Await.until(() -> told().size() > 1);

            assertThat(told()).extracting(ServerTold::engine).containsExactly("", "SGLang");
            assertThat(readings(0).get(0).answered()).isTrue();
        }
    }

    @Test
    void whatTheServerSaysOfItselfIsKeptWithoutItsSecrets() throws Exception {
        String info = "{\"api_key\": \"abc\", \"tokenizer\": \"t\", \"max_total_tokens\": 5, \"eos_token_id\": 2,"
                + " \"hfToken\": \"x\", \"nested\": [{\"admin_api_key\": \"y\", \"key\": null}],"
                + " \"args\": \"Namespace(api_key='zzz', model='m', hf_token=None)\", \"echo\": \"" + KEY + "\","
                + " \"command\": \"vllm serve m --api-key zzz --max-num-seqs 5\","
                + " \"argv\": [\"--api-key\", \"zzz\", \"yyy\", \"--max-num-seqs\", \"5\"]}";
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                        request.line().startsWith("GET /metrics ")
                                ? ScriptedServer.response(200, "text/plain", vllm(1))
                                : request.line().startsWith("GET /server_info")
                                        ? ScriptedServer.response(200, "application/json", info)
                                        : request.line().startsWith("GET /version ")
                                                ? ScriptedServer.response(
                                                        200, "application/json", "{\"version\": \"0.11.0\"}")
                                                : ScriptedServer.response(404, "text/plain", "")));
                Scraper scraper = scraper()) {
            scraper.open(List.of(metrics(server)), false, endpoint(server.url()));

            assertThat(told().get(0).configuration())
                    .containsOnly(
                            Map.entry("/version", Map.of("version", "0.11.0")),
                            Map.entry(
                                    "/server_info",
                                    Map.of(
                                            "api_key",
                                            "***",
                                            "tokenizer",
                                            "t",
                                            "max_total_tokens",
                                            5,
                                            "eos_token_id",
                                            2,
                                            "hfToken",
                                            "***",
                                            "nested",
                                            List.of(nullable()),
                                            "args",
                                            "Namespace(api_key=***, model='m', hf_token=None)",
                                            "echo",
                                            "***",
                                            "command",
                                            "vllm serve m --api-key *** --max-num-seqs 5",
                                            "argv",
                                            List.of("--api-key", "***", "***", "--max-num-seqs", "5"))));
        }
    }

    private static Map<String, Object> nullable() {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("admin_api_key", "***");
        map.put("key", null);
        return map;
    }
}
