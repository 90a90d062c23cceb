package io.inferometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final String VALID = "00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01";
    private static final byte[] ANSWER = """
            {"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""".getBytes(StandardCharsets.UTF_8);

    /** The header of each request, by its body; empty where it had none. */
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    @TempDir
    Path dir;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eachRequestIsATraceOfItsOwnWhoseIdIsInItsRecord() throws Exception {
        RunResult result = Inferometer.run(options().traceparent().build());

        assertThat(result.complete()).isTrue();
        List<RequestRecord> records = records();
        assertThat(records).hasSize(10);
        for (RequestRecord record : records) {
            List<String> headers = headersOf("Hello " + record.index() + "\"");
            assertThat(headers).hasSize(1).first().asString().matches(VALID);
            assertThat(headers.get(0).substring(3, 35)).isEqualTo(record.traceId());
        }
        List<String> beforeTheRun = headersOf("Before a measurement");
        assertThat(beforeTheRun).hasSize(1).first().asString().matches(VALID);
        assertThat(asked.values()).doesNotHaveDuplicates();
    }

    @Test
    void withoutTheOptionThereIsNone() throws Exception {
        Inferometer.run(options().build());

        assertThat(asked.values()).hasSize(11).containsOnly("");
        assertThat(records()).hasSize(10).allMatch(record -> record.traceId().isEmpty());
        assertThat(Files.readString(journal())).doesNotContain("traceId");
    }

    @Test
    void aHeaderThatWouldMakeAllRequestsOneTraceIsRefused() {
        Options both = options()
                .traceparent()
                .header("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();

        assertThatThrownBy(() -> Inferometer.run(both))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--traceparent: a header traceparent is given too, which would make all requests one trace; give"
                                + " one of them");
        assertThat(asked).isEmpty();
    }

    private Options.Builder options() {
        return Options.of("Greeting")
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .noClientWarmup()
                .calibrate(Plan.Calibrate.OFF)
                .streaming(false)
                .journal(journal());
    }

    private Path journal() {
        return dir.resolve("run.jsonl");
    }

    private List<String> headersOf(String prompt) {
        return asked.entrySet().stream()
                .filter(request -> request.getKey().contains(prompt))
                .map(Map.Entry::getValue)
                .toList();
    }

    private List<RequestRecord> records() throws IOException {
        List<RequestRecord> records = new ArrayList<>();
        JournalReader.read(journal(), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                assertThat(run).containsKey("settings");
            }

            @Override
            public void request(RequestRecord record) {
                records.add(record);
            }
        });
        return records;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String header = exchange.getRequestHeaders().getFirst("traceparent");
        if (!body.isEmpty()) {
            asked.put(body, header == null ? "" : header);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }
}
