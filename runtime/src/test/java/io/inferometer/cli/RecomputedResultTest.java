package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.instrument.AHealth;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.Usage;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.ARun;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.binding.Iterations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every figure of a result, against one that is computed from its journal by other code. A figure that a result comes to
 * have and {@link Recomputation} does not fails here.
 */
class RecomputedResultTest {
    private static final double TOLERANCE = 1e-9;

    @TempDir
    Path directory;

    private final Random random = new Random(13);
    private String transport = "nio";
    private Path path;
    private long compared;

    @BeforeEach
    void namesTheJournal() {
        path = directory.resolve("run.journal.jsonl");
    }

    @Test
    void sessionsAndTheirTurns() throws IOException {
        ARun.ATrial trial = ARun.trial().load(new Load.Closed(3)).measurement(Iterations.ofSessions(2, 30));
        try (Journal journal = journal(trial)) {
            for (int iteration = 0; iteration < 2; iteration++) {
                begin(journal, 0, iteration);
                for (int session = 0; session < 30; session++) {
                    sessionOf(journal, iteration, 30 * iteration + session);
                }
                end(journal, 0, iteration);
            }
            journal.close(true, "");
        }

        JsonNode summary = agrees().get("summary");

        assertThat(summary.at("/sessions/total").asInt()).isEqualTo(60);
        assertThat(summary.at("/sessions/cut").asInt()).isEqualTo(12);
        assertThat(summary.at("/sessions/failedTurns").asInt()).isEqualTo(6);
        assertThat(summary.get("turns")).hasSize(4);
    }

    @Test
    void membersThatShareALoad() throws IOException {
        ARun.ATrial trial = ARun.trial()
                .load(new Load.Open(200, Arrivals.POISSON))
                .measurement(Iterations.ofRequests(2, 60))
                .forks(2);
        try (Journal journal = journal(trial)) {
            for (int fork = 0; fork < 2; fork++) {
                for (int iteration = 0; iteration < 2; iteration++) {
                    ofMembers(journal, fork, iteration);
                }
            }
            journal.close(false, "member 3 is lost");
        }

        JsonNode agreed = agrees();

        assertThat(agreed.at("/members/2/lost").asText()).isEqualTo("was killed by signal 9");
        assertThat(agreed.at("/members/2/inFlightAtLoss").asInt()).isEqualTo(4);
        assertThat(agreed.at("/members/2/loadAfterLoss/requestsPerSecond").asDouble())
                .isEqualTo(200 * 2 / 3.0);
        assertThat(agreed.at("/members/1/startSkewMs").asDouble()).isEqualTo(0.35);
    }

    /** The third member is lost in the second iteration of the second fork. */
    private void ofMembers(Journal journal, int fork, int iteration) {
        begin(journal, fork, iteration);
        IterationSpan span = new IterationSpan(0, fork, false, iteration, 0, RequestRecord.ABSENT);
        boolean loses = fork == 1 && iteration == 1;
        for (int member = 0; member < 3; member++) {
            Map<String, Object> start = MemberLines.start(member, span, 0, 100_000 * member + 250_000 * iteration);
            told(journal, MemberLines.START, start, member);
            for (int i = 0; i < (loses && member == 2 ? 5 : 20); i++) {
                double due = 100_000 * (2 * fork + iteration) + 15 * i + 5 * member;
                ARequest request = answer(4, due).scheduled(due).released(due);
                append(
                        journal,
                        request.index(60 * iteration + 3 * i + member).place(Place.NONE.ofMember(member)),
                        fork,
                        iteration);
            }
            if (loses && member == 2) {
                Map<String, Object> lost = MemberLines.end(0, fork, 2);
                MemberLines.lost(lost, "was killed by signal 9", OptionalInt.of(4), 3, true);
                told(journal, MemberLines.END, lost, 2);
            } else {
                Map<String, Object> health = AHealth.holding(0, member + 1).toMap();
                told(journal, MemberLines.HEALTH, MemberLines.health(member, span, health, false), member);
            }
        }
        Map<String, Object> end = MemberLines.end(0, fork, 1);
        MemberLines.clock(end, -12_500_000, 40_000);
        told(journal, MemberLines.END, end, 1);
        end(journal, fork, iteration);
    }

    private static void told(Journal journal, String what, Map<String, Object> fields, int member) {
        MemberLines.name(fields, "member " + (member + 1));
        journal.member(what, fields);
    }

    /** Four turns, a child behind the first, and 100 ms to think before each; every tenth fails, two are cut. */
    private void sessionOf(Journal journal, int iteration, int number) {
        double start = 100_000 * iteration + (number % 30) / 3 * 6_000;
        double sent = start;
        int last = number % 10;
        long index = 5L * number;
        RequestRecord record = null;
        for (int turn = 0; turn < (last == 9 || last == 8 ? 2 : 4); turn++) {
            sent += 100;
            ARequest request = answer(4 + turn % 2 * 3, sent);
            record = append(
                    journal,
                    request.slot(number % 3)
                            .scheduled(sent)
                            .released(sent)
                            .index(index++)
                            .place(Place.ofTurn(number, turn).after(pause(turn))),
                    0,
                    iteration);
            if (turn == 0) {
                Place child = new Place(Place.ABSENT, number, 0, "1.0", 0, "child");
                append(
                        journal,
                        answer(4, sent)
                                .slot(number % 3)
                                .released(sent)
                                .index(index++)
                                .place(child),
                        0,
                        iteration);
            }
            sent = record.endNanos() / 1e6;
        }
        if (last != 8) {
            journal.sessionEnded(new SessionRecord(
                    0,
                    0,
                    false,
                    iteration,
                    number,
                    0,
                    last == 9
                            ? SessionRecord.Ended.FAILED
                            : last == 7 ? SessionRecord.Ended.CUT : SessionRecord.Ended.COMPLETED,
                    5,
                    last == 9 ? 1 : 0,
                    1,
                    Math.round(start * 1e6),
                    record.endNanos(),
                    400_000_000));
        }
    }

    /** None ahead of the first turn, and ahead of the last one more than was declared. */
    private static Pause pause(int turn) {
        return turn == 0 ? Pause.NONE : new Pause(100_000_000, turn == 3 ? 130_000_000 : 100_000_000);
    }

    @Test
    void aClosedLoopWithForksIterationsAndEveryKindOfAnswer() throws IOException {
        ARun.ATrial trial = ARun.trial()
                .load(new Load.Closed(4))
                .measurement(Iterations.ofRequests(2, 80))
                .objective(new Objective(120, 11.5, 900))
                .forks(3);
        try (Journal journal = journal(trial)) {
            for (int fork = 0; fork < 3; fork++) {
                for (int iteration = 0; iteration < 2; iteration++) {
                    double[] free = new double[4];
                    begin(journal, fork, iteration);
                    for (int i = 0; i < 80; i++) {
                        int slot = i % 4;
                        double sent = 100_000 * iteration + free[slot] + random.nextDouble() * 3;
                        ARequest request = answer(i, sent).slot(slot).released(sent - random.nextDouble());
                        RequestRecord record = append(journal, request.index(80L * iteration + i), fork, iteration);
                        free[slot] = record.endNanos() / 1e6 - 100_000 * iteration;
                    }
                    end(journal, fork, iteration);
                }
            }
            journal.close(true, "");
        }

        agrees();
    }

    @Test
    void anOpenLoopThatWasCutOffAndStamped() throws IOException {
        ARun.ATrial trial = ARun.trial()
                .load(new Load.Open(15, Arrivals.POISSON))
                .measurement(new Iterations(1, null))
                .objective(new Objective(0, 0, 700));
        try (Journal journal = journal(trial)) {
            begin(journal, 0, 0);
            double now = 0;
            for (int i = 0; i < 1_500; i++) {
                now += -Math.log(1 - random.nextDouble()) * 1_000 / 15;
                ARequest request = stamped(answer(i, now + 0.3), now + 0.3)
                        .scheduled(now)
                        .released(now + 0.1)
                        .slot(-1);
                if (i > 1_470) {
                    request.failed(Outcome.CANCELLED, 200, "the run was ended").end(Math.max(now + 1, 101_000));
                }
                if (i > 1_495) {
                    request.failed(Outcome.CLIENT_ERROR, 0, "no local port is left");
                }
                append(journal, request.index(i), 0, 0);
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        agrees();
    }

    @Test
    void stagesOfRatesWithWhatIsSentInEachOfThem() throws IOException {
        StagedLoad load = new StagedLoad(
                StagedLoad.Kind.RATE,
                List.of(
                        new StagedLoad.Stage(5, 5, Duration.ofSeconds(20)),
                        new StagedLoad.Stage(5, 15, Duration.ofSeconds(20)),
                        new StagedLoad.Stage(2, 2, Duration.ofSeconds(10))),
                Arrivals.POISSON,
                1,
                Load.Open.ANY);
        try (Journal journal = journal(ARun.trial().load(load).measurement(Iterations.ofTime(1, load.time())))) {
            begin(journal, 0, 0);
            double now = 0;
            for (int i = 0; ; i++) {
                double rate =
                        load.stages().get(load.stageAt((long) (now * 1e6))).mean();
                now += -Math.log(1 - random.nextDouble()) * 1_000 / rate;
                if (now > 50_000) {
                    break;
                }
                ARequest request = answer(i, now + 0.2).scheduled(now).slot(-1);
                append(journal, request.index(i).place(Place.ofStage(load.stageAt((long) (now * 1e6)))), 0, 0);
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        JsonNode stages = agrees().get("stages");

        assertThat(stages).hasSize(3);
        assertThat(stages.at("/1/asked").asDouble()).isEqualTo(10);
        assertThat(stages.at("/0/achieved").asDouble()).isCloseTo(5, within(2.0));
    }

    @Test
    void stagesOfSlotsWithWhatIsInFlightInEachOfThem() throws IOException {
        StagedLoad load = StagedLoad.ofSlots(List.of(
                new StagedLoad.Stage(1, 1, Duration.ofSeconds(10)),
                new StagedLoad.Stage(3, 3, Duration.ofSeconds(10))));
        try (Journal journal = journal(ARun.trial().load(load).measurement(Iterations.ofTime(1, load.time())))) {
            begin(journal, 0, 0);
            int index = 0;
            for (int slot = 0; slot < 3; slot++) {
                double now = slot == 0 ? 0 : 10_000;
                while (now < 20_000) {
                    ARequest request = answer(index, now + 0.2).scheduled(now).slot(slot);
                    RequestRecord record =
                            append(journal, request.index(index++).place(Place.ofStage(now < 10_000 ? 0 : 1)), 0, 0);
                    now = record.endNanos() / 1e6;
                }
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        JsonNode stages = agrees().get("stages");

        assertThat(stages.at("/0/achieved").asDouble()).isCloseTo(1, within(0.01));
        assertThat(stages.at("/1/achieved").asDouble()).isCloseTo(3, within(0.1));
    }

    @Test
    void aReplayOfATraceThatKnowsWhatItShares() throws IOException {
        ARun.ATrial trial = ARun.trial().load(new Load.Replay(2)).measurement(new Iterations(1, null));
        try (Journal journal = journal(trial)) {
            begin(journal, 0, 0);
            double now = 0;
            for (int i = 0; i < 800; i++) {
                now += random.nextInt(5) == 0 ? 0 : random.nextInt(40);
                ARequest request = answer(i, now + random.nextDouble())
                        .scheduled(now)
                        .released(now)
                        .slot(-1)
                        .expectedPromptTokens(100 + random.nextInt(50))
                        .sharedPromptTokens(random.nextInt(100) - 1);
                if (i % 3 > 0) {
                    request.usage(
                            new Usage(100 + random.nextInt(50), Usage.ABSENT, Usage.ABSENT, random.nextInt(100) - 1));
                }
                append(journal, request.index(i), 0, 0);
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        assertThat(agrees().at("/reproduction/prefixHits/requests").asInt()).isBetween(600, 799);
    }

    @Test
    void anOpenLoopThatIsOverloaded() throws IOException {
        transport = "jdk";
        try (Journal journal =
                journal(ARun.trial().load(new Load.Open(10, Arrivals.CONSTANT)).measurement(new Iterations(1, null)))) {
            begin(journal, 0, 0);
            for (int i = 0; i < 1_000; i++) {
                double sent = i * 100;
                append(
                        journal,
                        ARequest.metronome(sent, 100 + i * 40, 10, 8).index(i).slot(-1),
                        0,
                        0);
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        assertThat(agrees().at("/summary/arrivals/overloaded").asText()).isEqualTo("yes");
    }

    @Test
    void anOpenLoopWhoseArrivalsWereHeldBackInTwoIterations() throws IOException {
        try (Journal journal = journal(
                ARun.trial().load(new Load.Open(10, Arrivals.CONSTANT, 2)).measurement(Iterations.ofRequests(2, 20)))) {
            for (int iteration = 0; iteration < 2; iteration++) {
                begin(journal, 0, iteration);
                for (int i = 0; i < 20; i++) {
                    append(
                            journal,
                            answer(4, 10_000 * iteration + i * 700).slot(-1).index(20L * iteration + i),
                            0,
                            iteration);
                }
                end(journal, 0, iteration, AHealth.holding(1, 18).toMap());
            }
            journal.close(true, "");
        }

        JsonNode held = agrees().at("/summary/arrivals/held");

        assertThat(held.get("byCap").asLong()).isEqualTo(36);
        assertThat(held.get("byRecorder").asLong()).isEqualTo(2);
    }

    @Test
    void aClosedLoopThatWarmsUpWhileItIsMeasured() throws IOException {
        try (Journal journal =
                journal(ARun.trial().load(new Load.Closed(2)).measurement(Iterations.ofRequests(1, 800)))) {
            begin(journal, 0, 0);
            double[] free = new double[2];
            for (int i = 0; i < 800; i++) {
                double sent = free[i % 2];
                ARequest request = ARequest.metronome(sent, 40, sent < 25_000 ? 20 : 8, 10 + random.nextInt(20));
                free[i % 2] =
                        append(journal, request.slot(i % 2).index(i), 0, 0).endNanos() / 1e6;
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        JsonNode trial = agrees();

        assertThat(trial.at("/summary/throughput/onsetMs").asDouble()).isBetween(25_000.0, 40_000.0);
        assertThat(trial.get("flags").findValuesAsText("name")).contains("onset");
    }

    @Test
    void aBatchOfSlotsInThreeIterations() throws IOException {
        try (Journal journal = journal(
                ARun.trial().load(new Load.AtOnce(8, Load.AtOnce.INSTANT)).measurement(Iterations.ofRequests(3, 64)))) {
            for (int iteration = 0; iteration < 3; iteration++) {
                begin(journal, 0, iteration);
                double[] free = new double[8];
                for (int i = 0; i < 64; i++) {
                    int slot = i % 8;
                    double sent = 50_000 * iteration + free[slot] + random.nextDouble();
                    ARequest request = answer(i, sent).slot(slot).index(64L * iteration + i);
                    free[slot] = append(journal, request, 0, iteration).endNanos() / 1e6 - 50_000 * iteration;
                }
                end(journal, 0, iteration);
            }
            journal.close(true, "");
        }

        agrees();
    }

    @Test
    void anIterationThatWasGoneOnWithCountsAsTwoStretches() throws IOException {
        try (Journal journal =
                journal(ARun.trial().load(new Load.Closed(2)).measurement(Iterations.ofRequests(1, 40)))) {
            for (int stretch = 0; stretch < 2; stretch++) {
                begin(journal, 0, 0);
                for (int i = 0; i < 20; i++) {
                    double sent = stretch * 500_000 + i / 2 * 700;
                    append(journal, answer(4, sent).slot(i % 2).index(20L * stretch + i), 0, 0);
                }
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        assertThat(agrees().at("/summary/throughput/durationMs").asDouble()).isLessThan(20_000);
    }

    @Test
    void embeddingsInBatchesOfTheirTexts() throws IOException {
        try (Journal journal =
                journal(ARun.trial().protocol(Protocol.EMBEDDINGS).measurement(Iterations.ofRequests(1, 60)))) {
            begin(journal, 0, 0);
            for (int i = 0; i < 60; i++) {
                double sent = i / 4 * 100 + random.nextDouble();
                ARequest request = ARequest.sent(sent)
                        .items(1 + random.nextInt(32))
                        .usage(new Usage(100 + i, 0, Usage.ABSENT, Usage.ABSENT, 100 + i))
                        .end(sent + 40 + 30 * random.nextDouble());
                append(journal, request.slot(i % 4).index(i), 0, 0);
            }
            end(journal, 0, 0);
            journal.close(true, "");
        }

        JsonNode summary = agrees().get("summary");
        assertThat(summary.at("/throughput/itemsPerSecond").asDouble()).isPositive();
        assertThat(summary.at("/throughput/outputTokensPerSecond").isNull()).isTrue();
        assertThat(summary.at("/tokens/output").isNull()).isTrue();
        assertThat(summary.get("metrics").fieldNames())
                .toIterable()
                .containsExactly("e2elMs", "clientDispatchMs", "scheduleDelayMs");
    }

    /** One of many kinds of answers, or a failure. */
    private ARequest answer(int number, double sent) {
        double ttft = 60 + random.nextDouble() * 80;
        double itl = 8 + random.nextDouble() * 4;
        int tokens = 20 + random.nextInt(40);
        ARequest regular = ARequest.metronome(sent, ttft, itl, tokens).expectedPromptTokens(10);
        double last = sent + ttft + (tokens - 1) * itl;
        return switch (number % 14) {
            case 0 -> regular.usage(new Usage(10, tokens + 25, 25, Usage.ABSENT));
            case 1 ->
                ARequest.sent(sent)
                        .token(sent + ttft)
                        .token(sent + ttft)
                        .usage(300, 30)
                        .end(sent + ttft + 2);
            case 2 -> ARequest.sent(sent).notStreamed().usage(9, 30).end(sent + 400);
            case 3 ->
                ARequest.sent(sent).failed(Outcome.TIMEOUT, 0, "no answer").end(sent + 650);
            case 5 ->
                ARequest.sent(sent)
                        .token(sent + ttft)
                        .token(sent + ttft + 40)
                        .token(last)
                        .end(last + 1);
            case 6 -> regular.asked(tokens + 3);
            case 7 -> regular.asked(tokens).usage(400, tokens).tokensByEvent(3);
            case 8 ->
                ARequest.sent(sent)
                        .event(sent + ttft, Carried.CHOICES | Carried.REASONING)
                        .token(sent + ttft + 90)
                        .token(sent + ttft + 90)
                        .token(sent + ttft + 130)
                        .usage(new Usage(11, 40, 22, 3))
                        .end(sent + ttft + 140);
            case 9 -> regular.opened(sent - 0.9, sent - 0.6, sent - 0.01);
            case 10 -> regular.opened(sent - 0.3, sent - 0.1, sent - 0.1);
            case 11 -> regular.opened(Double.NaN, Double.NaN, sent - 0.02);
            case 12 ->
                ARequest.sent(sent)
                        .event(sent + ttft, Carried.CHOICES | Carried.TOOL)
                        .event(sent + ttft + 20, Carried.CHOICES | Carried.REFUSAL)
                        .token(sent + ttft + 40)
                        .usage(11, 3)
                        .form(new AnswerForm("end_turn", 1, false, "", 0, true, Map.of("fancy", 2, "odd", 1)))
                        .end(sent + ttft + 50);
            default -> regular;
        };
    }

    /** The endpoint's own times, of which some are missing. */
    private ARequest stamped(ARequest request, double sent) {
        RequestRecord record = request.record();
        double[] stamps = new double[record.eventNanos().length];
        for (int i = 0; i < stamps.length; i++) {
            double late = 0.1 + random.nextDouble();
            stamps[i] = random.nextInt(15) == 0 ? Double.NaN : 5_000 + record.eventNanos()[i] / 1e6 - sent - late;
        }
        return request.stamps(5_000, stamps);
    }

    private Journal journal(ARun.ATrial trial) throws IOException {
        return Journal.create(
                path,
                new ARun()
                        .percentiles(50.0, 90.0, 99.0, 99.5)
                        .transport(transport)
                        .with(trial)
                        .header()
                        .toMap(),
                false);
    }

    private static void begin(Journal journal, int fork, int iteration) {
        journal.iterationStarted(new IterationSpan(0, fork, false, iteration, 0, RequestRecord.ABSENT));
    }

    private static void end(Journal journal, int fork, int iteration) {
        end(journal, fork, iteration, Map.of());
    }

    private static void end(Journal journal, int fork, int iteration, Map<String, Object> health) {
        journal.iterationEnded(new IterationSpan(0, fork, false, iteration, 0, 1), health);
    }

    private static RequestRecord append(Journal journal, ARequest request, int fork, int iteration) {
        RequestRecord record = request.of(0, false, iteration).fork(fork).record();
        journal.append(record);
        return record;
    }

    /** Whether the result of the journal is what it is computed to be; returns it. */
    private JsonNode agrees() throws IOException {
        Path json = directory.resolve("result.json");
        CommandLineRun line = new CommandLineRun();
        assertThat(line.run("report", path.toString(), "-rff", json.toString()))
                .as(line.err())
                .isZero();
        JsonNode trial = new ObjectMapper().readTree(json.toFile()).at("/trials/0");
        Map<String, Object> written = new TreeMap<>();
        flat("summary", trial.get("summary"), written);
        for (int i = 0; i < trial.get("iterations").size(); i++) {
            flat("iterations[" + i + "].summary", trial.at("/iterations/" + i + "/summary"), written);
        }
        for (int i = 0; i < trial.path("stages").size(); i++) {
            flat("stages[" + i + "]", trial.at("/stages/" + i), written);
        }
        for (int i = 0; i < trial.path("members").size(); i++) {
            ObjectNode told = trial.at("/members/" + i).deepCopy();
            told.remove("health");
            flat("members[" + i + "]", told, written);
        }
        flat("intervals", trial.get("intervals"), written);
        flat("reproduction", trial.path("reproduction"), written);
        flat("clientOverhead.metrics", trial.at("/clientOverhead/metrics"), written);
        Map<String, Object> computed = new TreeMap<>(Recomputation.flat(Recomputation.of(path)));
        Map<String, String> differing = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            if (!computed.containsKey(name)) {
                differing.put(name, value + ", and it is not recomputed");
            } else if (!same(value, computed.get(name))) {
                differing.put(name, value + ", and it is computed to be " + computed.get(name));
            }
        });
        computed.keySet().stream()
                .filter(name -> !written.containsKey(name))
                .forEach(name -> differing.put(name, "nothing, and it is computed to be " + computed.get(name)));
        assertThat(differing)
                .as("figures that are otherwise, of %s", written.size())
                .isEmpty();
        compared += written.size();
        assertThat(compared).isGreaterThan(150);
        return trial;
    }

    private static boolean same(Object written, Object computed) {
        if (written instanceof Double one && computed instanceof Double other) {
            return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(other));
        }
        return written == null ? computed == null : written.equals(computed);
    }

    private static void flat(String name, JsonNode node, Map<String, Object> into) {
        if (node.isMissingNode()) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(field -> flat(name + "." + field.getKey(), field.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flat(name + "[" + i + "]", node.get(i), into);
            }
        } else {
            into.put(
                    name,
                    node.isNull()
                            ? null
                            : node.isNumber()
                                    ? (Object) node.asDouble()
                                    : node.isBoolean() ? (Object) node.asBoolean() : node.asText());
        }
    }

    /** What it compares by names nothing that this could share. */
    @Test
    void theOtherCodeUsesNoClassOfTheProgram() throws IOException {
        List<String> imports =
                java.nio.file.Files.readAllLines(Path.of("src/test/java/io/inferometer/cli/Recomputation.java"))
                        .stream()
                        .filter(line -> line.startsWith("import io.inferometer"))
                        .toList();

        assertThat(imports).isEmpty();
    }
}
