package io.inferometer.harness.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Setting;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.finding.Subject;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found of endpoints that a test has made up, on real sockets. */
class DoctorTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

    private final List<Finding> told = new ArrayList<>();

    private Findings examine(String url, Map<Setting, String> more, Map<String, String> environment) throws Exception {
        Options.Builder options = Options.of().set(Setting.BASE_URL, url);
        if (!more.containsKey(Setting.MODEL)) {
            options.set(Setting.MODEL, "m");
        }
        more.forEach(options::set);
        Plan plan = Doctor.plan(options.build(), environment::get, Clock.systemUTC());
        return new Doctor(
                        plan,
                        environment::get,
                        answer -> "remedy of " + answer.status(),
                        Duration.ofMillis(50),
                        System::nanoTime,
                        told::add)
                .lookAtEndpoint();
    }

    private Findings examine(String url) throws Exception {
        return examine(url, Map.of(), Map.of());
    }

    private Findings simulated(String profile) throws Exception {
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)))) {
            return examine(endpoint.url());
        }
    }

    private static String line(Findings findings, Subject subject) {
        return findings.all().stream()
                .filter(finding -> finding.subject() == subject)
                .map(finding -> finding.weight().word() + " | " + finding.line())
                .findFirst()
                .orElse("none");
    }

    private static String events(int count, String usage) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < count; i++) {
            events.append(ScriptedServer.content("a"));
        }
        return events + usage + ScriptedServer.DONE;
    }

    private static String usage(int tokens) {
        return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + tokens + "}}\n\n";
    }

    private Findings scripted(ScriptedServer.Script script) throws Exception {
        return scripted(script, Map.of());
    }

    private Findings scripted(ScriptedServer.Script script, Map<Setting, String> more) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            return examine(server.url(), more, Map.of());
        }
    }

    @Test
    void ofAGoodEndpointNothingStandsInTheWay() throws Exception {
        Findings findings = simulated("metronome?ttft=20&itl=5");

        assertThat(findings.inTheWay()).isEmpty();
        assertThat(findings.requests()).isEqualTo(3);
        assertThat(told).isEqualTo(findings.all());
        assertThat(line(findings, Subject.PROTOCOL)).isEqualTo("ok | protocol: chat at /v1/chat/completions");
        assertThat(line(findings, Subject.STREAMING)).startsWith("ok | streaming: 16 events in ");
        assertThat(line(findings, Subject.LIMIT)).isEqualTo("ok | limit: max_completion_tokens 16 is honoured");
        assertThat(line(findings, Subject.IGNORE_EOS))
                .isEqualTo("ok | ignore-eos: ignore_eos is honoured: 16 of 16 tokens came");
        assertThat(line(findings, Subject.MIN_TOKENS))
                .isEqualTo("ok | min-tokens: min_tokens is honoured: 16 of 16 tokens came");
        assertThat(line(findings, Subject.KEEP_ALIVE))
                .isEqualTo("ok | keep-alive: the second request went over the connection of the first");
        assertThat(line(findings, Subject.SAME_MACHINE)).startsWith("note | same-machine: ");
    }

    @Test
    void anEndpointThatCountsNoTokensIsInTheWayUnlessATokenizerDoes() throws Exception {
        Findings findings = simulated("metronome?ttft=1&itl=5&fault=no-usage");

        assertThat(line(findings, Subject.USAGE))
                .isEqualTo(
                        "in the way | usage: the endpoint tells no token counts; tokens per second are as right as the"
                                + " count of tokens; name the model's tokenizer with --tokenizer, or events are counted for tokens");
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=5&fault=no-usage")))) {
            assertThat(line(examine(endpoint.url(), Map.of(Setting.TOKENIZER, "gpt-4o"), Map.of()), Subject.USAGE))
                    .startsWith("note | usage: the endpoint tells no token counts; ")
                    .endsWith("; the tokenizer gpt-4o counts them in its texts");
        }
    }

    @Test
    void anAnswerThatComesInOneReadIsNotStreamed() throws Exception {
        Findings findings = scripted((request, connection) ->
                connection.write(ScriptedServer.response(200, "text/event-stream", events(16, usage(16)))));

        assertThat(line(findings, Subject.STREAMING))
                .isEqualTo(
                        "in the way | streaming: 16 tokens came in one read; without events one by one there is no ttft,"
                                + " tpot or itl; turn off buffering on the way (proxy_buffering off), or measure with"
                                + " --no-streaming");
    }

    @Test
    void oneAnswerInOneReadMayBeThisMachinesDoing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Findings findings = scripted((request, connection) -> {
            String response = ScriptedServer.response(200, "text/event-stream", events(16, usage(16)));
            if (asked.getAndIncrement() == 0) {
                connection.write(response);
            } else {
                // Bytes one after the other are read at once by a machine that has no time meanwhile.
                int piece = response.length() / 4;
                for (int i = 0; i < 3; i++) {
                    connection.write(response.substring(i * piece, (i + 1) * piece));
                    LockSupport.parkNanos(300_000_000);
                }
                connection.write(response.substring(3 * piece));
            }
        });

        assertThat(line(findings, Subject.STREAMING)).startsWith("ok | streaming: 16 events in ");
    }

    @Test
    void aLengthThatIsIgnoredIsInTheWayWithTheOtherField() throws Exception {
        Findings findings = scripted((request, connection) ->
                connection.write(ScriptedServer.response(200, "text/event-stream", events(40, usage(40)))));

        assertThat(line(findings, Subject.LIMIT))
                .isEqualTo(
                        "in the way | limit: max_completion_tokens 16 is not honoured: 40 came; an answer that goes on"
                                + " beyond its limit makes runs of unlike lengths; compare no throughput of such runs, try"
                                + " --length-field max_tokens");
    }

    @Test
    void anAnswerThatEndsByItselfTellsNothingOfItsLimit() throws Exception {
        Findings findings = scripted((request, connection) ->
                connection.write(ScriptedServer.response(200, "text/event-stream", events(3, usage(3)))));

        assertThat(line(findings, Subject.LIMIT))
                .isEqualTo("unknown | limit: max_completion_tokens 16: the answer ended by itself after 3");
        assertThat(line(findings, Subject.IGNORE_EOS))
                .isEqualTo(
                        "note | ignore-eos: ignore_eos is ignored: the answer ended after 3 of 16 tokens; answers that end"
                                + " by themselves are of lengths that no run repeats; compare only runs of equal lengths, or give"
                                + " min_tokens with --extra-body");
    }

    @Test
    void aFieldThatIsRefusedIsTold() throws Exception {
        Findings findings = scripted((request, connection) -> connection.write(
                request.body().contains("ignore_eos") || request.body().contains("min_tokens")
                        ? ScriptedServer.response(400, "application/json", "{\"error\":\"no such field\"}")
                        : ScriptedServer.response(200, "text/event-stream", events(16, usage(16)))));

        assertThat(line(findings, Subject.IGNORE_EOS))
                .isEqualTo(
                        "note | ignore-eos: ignore_eos is refused: 400: no such field; answers that end by themselves are"
                                + " of lengths that no run repeats; --omit ignore_eos leaves it out");
        assertThat(line(findings, Subject.MIN_TOKENS)).startsWith("note | min-tokens: min_tokens is refused: 400: ");
    }

    @Test
    void aConnectionThatIsClosedBehindEachAnswerIsInTheWay() throws Exception {
        Findings findings = scripted((request, connection) -> {
            connection.write(ScriptedServer.response(200, "text/event-stream", events(16, usage(16)))
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            connection.close();
        });

        assertThat(line(findings, Subject.KEEP_ALIVE))
                .isEqualTo(
                        "in the way | keep-alive: the second request had to open a connection of its own; each request"
                                + " then opens a connection, and the way there, with TLS, is in each ttft; let the endpoint, and a"
                                + " proxy before it, keep connections open");
    }

    @ParameterizedTest
    @CsvSource({"401", "404", "429", "500"})
    void aRefusalIsInTheWayAndNothingElseIsAsked(int status) throws Exception {
        List<String> asked = new ArrayList<>();
        Findings findings = scripted((request, connection) -> {
            if (request.body().contains("Count")) {
                asked.add(request.body());
            }
            connection.write(ScriptedServer.response(status, "application/json", "{\"error\":\"no\"}"));
        });

        assertThat(asked).hasSize(1);
        assertThat(findings.requests()).isEqualTo(1);
        assertThat(line(findings, Subject.ANSWER))
                .startsWith("in the way | answer: " + status)
                .endsWith(": no; a request of this form has to succeed before many are sent; remedy of " + status);
        assertThat(line(findings, Subject.USAGE)).isEqualTo("none");
    }

    @Test
    void theProtocolIsNamedThatTheEndpointSeemsToSpeak() throws Exception {
        Findings findings = scripted((request, connection) -> connection.write(
                request.line().contains(" /v1/messages ")
                        ? ScriptedServer.response(400, "application/json", "{\"error\":\"model is missing\"}")
                        : ScriptedServer.response(404, "application/json", "{\"error\":\"Not Found\"}")));

        assertThat(line(findings, Subject.PROTOCOL))
                .isEqualTo("in the way | protocol: asked in chat, it seems to speak messages; what is asked in another"
                        + " protocol fails, or is taken for something else; --protocol messages");
    }

    @Test
    void nothingIsAskedWhereNobodyListens() throws Exception {
        String url;
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {})) {
            url = server.url();
        }
        Findings findings = examine(url);

        assertThat(findings.requests()).isZero();
        assertThat(findings.inTheWay()).extracting(Finding::subject).containsExactly(Subject.CONNECT);
    }

    @Test
    void theKeyIsSentAndNeverTold() throws Exception {
        List<String> sent = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
            sent.add(request.headers().get("authorization"));
            connection.write(ScriptedServer.response(401, "application/json", "{\"error\":\"bad key abcdefgh12345\"}"));
        })) {
            Findings findings =
                    examine(server.url(), Map.of(Setting.API_KEY_ENV, "KEY"), Map.of("KEY", "abcdefgh12345"));

            assertThat(sent).containsExactly("Bearer abcdefgh12345");
            assertThat(line(findings, Subject.ANSWER)).contains("bad key ***");
            assertThat(findings.toString()).doesNotContain("abcdefgh12345");
        }
    }

    @ParameterizedTest
    @CsvSource({"completions,3", "responses,3", "messages,3", "embeddings,2", "rerank,2"})
    void eachProtocolIsAskedInItsOwnWords(String protocol, int requests) throws Exception {
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=20&itl=5")))) {
            Findings findings = examine(endpoint.url(), Map.of(Setting.PROTOCOL, protocol), Map.of());

            assertThat(findings.inTheWay()).isEmpty();
            assertThat(findings.requests()).isEqualTo(requests);
            assertThat(findings.protocol()).isEqualTo(protocol);
        }
    }

    @Test
    void eachFindingHasARowInTheDocumentation() throws IOException {
        List<String> rows = ROW.matcher(
                        Files.readString(Path.of("../docs/doctor.md")).split("## The JSON")[0])
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(Subject.values()).map(Subject::word).toList());
    }
}
