package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Report;
import io.inferometer.report.member.MemberLines;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.StagedLoad.Stage;
import io.inferometer.workload.TurnContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What members of a run send together is what one alone would, under every load. */
class MembersSplitTest {
    private static final Iterations WARMUP = Iterations.ofRequests(1, 5);

    @TempDir
    Path dir;

    private TalkingServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TalkingServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> loads() {
        Iterations requests = Iterations.ofRequests(2, 13);
        return Stream.of(
                arguments("closed", new Load.Closed(4), WARMUP, requests, false),
                arguments("each slot's", new Load.Closed(4), WARMUP, Iterations.ofRequestsPerSlot(2, 3), false),
                arguments("all at once", new Load.AtOnce(), WARMUP, requests, false),
                arguments("all that there are", new Load.AtOnce(), WARMUP, Iterations.ofAllPrompts(1), false),
                arguments("slots one by one", new Load.AtOnce(4, 200), WARMUP, requests, false),
                arguments("each its slot", new Load.AtOnce(100, 200), WARMUP, requests, false),
                arguments("constant", new Load.Open(200, Arrivals.CONSTANT), WARMUP, requests, false),
                arguments("Poisson", new Load.Open(200, Arrivals.POISSON, 5), WARMUP, requests, false),
                arguments("gamma", new Load.Open(200, 0.5), WARMUP, requests, false),
                arguments("rescaled", new Load.Open(200, Arrivals.VLLM_RESCALED), WARMUP, requests, false),
                arguments("rising", rising(), WARMUP, requests, false),
                arguments(
                        "Poisson, a time",
                        new Load.Open(60, Arrivals.POISSON),
                        Iterations.NONE,
                        Iterations.ofTime(2, Duration.ofMillis(300)),
                        false),
                arguments("rates in stages", staged(StagedLoad.Kind.RATE), Iterations.NONE, ofStages(), false),
                arguments("a replay", new Load.Replay(1, Duration.ofMillis(20)), WARMUP, requests, false),
                arguments(
                        "a replay, a time",
                        new Load.Replay(1),
                        Iterations.NONE,
                        Iterations.ofTime(2, Duration.ofMillis(90)),
                        false),
                arguments("sessions", new Load.Closed(4), Iterations.NONE, Iterations.ofSessions(2, 7), true),
                arguments(
                        "arriving sessions",
                        new Load.Open(100, Arrivals.POISSON),
                        Iterations.NONE,
                        Iterations.ofSessions(2, 7),
                        true),
                arguments("replayed sessions", new Load.Replay(1), Iterations.NONE, Iterations.ofSessions(1, 7), true));
    }

    private static Load rising() {
        Load.Ramp ramp = new Load.Ramp(Load.Ramp.Strategy.LINEAR, 100, 300);
        return new Load.Open(ramp.meanPerSecond(), Arrivals.POISSON, 1, Load.Open.ANY, Optional.of(ramp));
    }

    private static StagedLoad staged(StagedLoad.Kind kind) {
        List<Stage> stages =
                List.of(new Stage(40, 40, Duration.ofMillis(150)), new Stage(80, 20, Duration.ofMillis(200)));
        return new StagedLoad(kind, stages, Arrivals.POISSON, 1, Load.Open.ANY);
    }

    private static Iterations ofStages() {
        return Iterations.ofTime(1, Duration.ofMillis(350));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void membersSendTogetherWhatOneAloneWould(
            String name, Load load, Iterations warmup, Iterations measurement, boolean sessions) throws Exception {
        Plan plan = plan(load, warmup, measurement, sessions);

        Sent alone = run(plan, Split.ALONE);
        List<Sent> members = new ArrayList<>();
        for (int member = 0; member < 3; member++) {
            members.add(run(plan, new Split(member, 3)));
        }

        assertThat(alone.what).isNotEmpty().doesNotHaveDuplicates();
        assertThat(members).allMatch(sent -> !sent.what.isEmpty());
        assertThat(members.stream().flatMap(sent -> sent.what.stream()))
                .containsExactlyInAnyOrderElementsOf(alone.what);
        assertThat(members.stream().flatMap(sent -> sent.bodies.stream()))
                .containsExactlyInAnyOrderElementsOf(alone.bodies);
        if (load instanceof Load.Closed) {
            assertThat(slots(members)).isEqualTo(slots(List.of(alone)));
        }
    }

    private static Set<Integer> slots(List<Sent> all) {
        Set<Integer> slots = new TreeSet<>();
        all.forEach(sent -> slots.addAll(sent.slots));
        return slots;
    }

    private record Sent(List<String> what, List<String> bodies, Set<Integer> slots) {}

    private Sent run(Plan plan, Split split) throws Exception {
        Path journal = dir.resolve("member" + split + ".jsonl");
        server.bodies().clear();
        long origin = System.nanoTime();
        Harness harness = new Harness(
                plan.forked(0, 0, split, journal, origin, Optional.empty()), variable -> null, new Report() {});
        Starter starter = new Starter(journal, () -> harness.go(System.nanoTime() - origin));
        try {
            harness.run();
        } finally {
            starter.end();
        }
        List<RequestRecord> records = new ArrayList<>();
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {
                records.add(request);
            }
        });
        return new Sent(
                records.stream().map(MembersSplitTest::what).toList(),
                server.bodies().stream().map(JsonNode::toString).toList(),
                new TreeSet<>(records.stream().map(RequestRecord::slot).toList()));
    }

    /** Has a member start each iteration as soon as its journal says that it is ready, as its run would. */
    private static final class Starter {
        private final Path journal;
        private final Runnable go;
        private final Thread thread = new Thread(this::watch, "starter");
        private volatile boolean ended;

        Starter(Path journal, Runnable go) {
            this.journal = journal;
            this.go = go;
            thread.start();
        }

        private void watch() {
            int started = 0;
            while (!ended) {
                while (started < ready()) {
                    go.run();
                    started++;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        }

        private int ready() {
            try {
                String line = '"' + MemberLines.READY + '"';
                return Files.exists(journal)
                        ? (int) Files.readString(journal)
                                .lines()
                                .filter(text -> text.contains(line))
                                .count()
                        : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() throws InterruptedException {
            ended = true;
            thread.join();
        }
    }

    static String what(RequestRecord record) {
        String iteration = (record.warmup() ? "warm-up " : "") + record.iteration();
        return record.place().inSession()
                ? iteration + ": session " + record.place().session() + " turn "
                        + record.place().turn()
                : iteration + ": " + record.index();
    }

    private Plan plan(Load load, Iterations warmup, Iterations measurement, boolean sessions) {
        return APlan.of(
                        dir.resolve("run.journal.jsonl"),
                        new APlan.ATrial(sessions ? new Talking() : new Counted(), server.url())
                                .load(load, warmup, measurement))
                .plan();
    }

    static class Counted implements WorkloadBinding<Object> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Counted", "demo.Counted")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public Object create(ParamValues values) {
            return values;
        }

        @Override
        public InferenceRequest request(Object workload, RequestContext context) {
            if (context.index() >= 50) {
                return null;
            }
            return InferenceRequest.chat((context.warmup() ? "warm-up " : "measured ") + context.index())
                    .at(Duration.ofMillis(10 * context.index() + (context.index() > 7 ? 5_000 : 0)));
        }
    }

    /** Sessions of two turns. */
    static final class Talking extends Counted {
        @Override
        public boolean inSessions() {
            return true;
        }

        @Override
        public NextTurn next(Object workload, TurnContext turn) {
            return turn.index() == 2
                    ? NextTurn.end()
                    : NextTurn.ask(turn.say("session " + turn.session() + " turn " + turn.index())
                            .at(Duration.ofMillis(10 * turn.session())));
        }
    }
}
