package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Sessions;
import io.inferometer.workload.Answer;
import io.inferometer.workload.Children;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Load;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.Session;
import io.inferometer.workload.ThinkTime;
import io.inferometer.workload.TurnContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionsTest {
    @TempDir
    Path dir;

    private final List<TurnContext> turns = new CopyOnWriteArrayList<>();
    private final List<RequestContext> checked = new CopyOnWriteArrayList<>();
    private final Seen seen = new Seen();
    private UnaryOperator<APlan.ATrial> setting = trial -> trial;
    private TalkingServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TalkingServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
    void aRequestHoldsTheHistoryWithTheRealAnswersInEachProtocol(Protocol protocol) throws Exception {
        setting = trial -> trial.protocol(protocol);

        run(new Load.Closed(1), Iterations.ofSessions(1, 1), talk(3));

        JsonNode last = server.bodies().get(2);
        assertThat((protocol == Protocol.RESPONSES ? last.get("input") : last.get("messages")))
                .extracting(message -> message.get("role").asText() + ": "
                        + message.get("content").asText())
                .containsExactly(
                        "user: s0 t0",
                        "assistant: you said: s0 t0",
                        "user: s0 t1",
                        "assistant: you said: s0 t1",
                        "user: s0 t2");
        assertThat(turns.get(0).history()).isEmpty();
        assertThat(turns.get(0).answer()).isEmpty();
        assertThat(turns.get(2).answer().orElseThrow().text()).isEqualTo("you said: s0 t1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            CHAT      | [{"role":"user","content":"look"},{"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"find","arguments":"{\\"n\\":1}"}},{"id":"c2","type":"function","function":{"name":"find","arguments":"{\\"n\\":2}"}}]},{"role":"tool","tool_call_id":"c1","content":"found {\\"n\\":1}"},{"role":"tool","tool_call_id":"c2","content":"found {\\"n\\":2}"}]
            RESPONSES | [{"role":"user","content":"look"},{"role":"assistant","content":"I look."},{"type":"function_call","call_id":"c1","name":"find","arguments":"{\\"n\\":1}"},{"type":"function_call","call_id":"c2","name":"find","arguments":"{\\"n\\":2}"},{"type":"function_call_output","call_id":"c1","output":"found {\\"n\\":1}"},{"type":"function_call_output","call_id":"c2","output":"found {\\"n\\":2}"}]
            MESSAGES  | [{"role":"user","content":"look"},{"role":"assistant","content":[{"type":"text","text":"I look."},{"type":"tool_use","id":"c1","name":"find","input":{"n":1}},{"type":"tool_use","id":"c2","name":"find","input":{"n":2}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"found {\\"n\\":1}"},{"type":"tool_result","tool_use_id":"c2","content":"found {\\"n\\":2}"}]}]
            """)
    void toolsThatAnAnswerCallsAreCallsInTheHistoryAndTheirResultsAreTold(Protocol protocol, String conversation)
            throws Exception {
        setting = trial -> trial.protocol(protocol);

        run(new Load.Closed(1), Iterations.ofSessions(1, 1), turn -> switch (turn.index()) {
            case 0 -> NextTurn.ask(turn.say("look"));
            case 1 -> NextTurn.ask(turn.results(call -> "found " + call.arguments()));
            default -> NextTurn.end();
        });

        JsonNode asked = server.bodies().get(1);
        assertThat(asked.path(protocol == Protocol.RESPONSES ? "input" : "messages"))
                .hasToString(conversation);
        assertThat(turns.get(1).toolCalls())
                .containsExactly(
                        new ContentPart.ToolCall("c1", "find", "{\"n\":1}"),
                        new ContentPart.ToolCall("c2", "find", "{\"n\":2}"));
        assertThat(turns.get(1).answer().orElseThrow().text()).isEqualTo("I look.find{\"n\":1}find{\"n\":2}");
        assertThat(turns.get(2).toolCalls()).isEmpty();
    }

    @Test
    void whereNoToolWasCalledThereAreNoResults() throws Exception {
        run(new Load.Closed(1), Iterations.ofSessions(1, 1), talk(1));

        assertThatThrownBy(() -> turns.get(0).results(call -> "found"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "at turn 0 of session 0 there are results of tools, but the answer before called none; look at"
                                + " toolCalls() first");
    }

    @Test
    void slotsAreSessionsAndEachRecordSaysWhereItStands() throws Exception {
        Sessions sessions = run(new Load.Closed(2), Iterations.ofSessions(1, 3), talk(2));

        assertThat(seen.records)
                .extracting(
                        record -> record.place().session(),
                        record -> record.place().turn())
                .containsExactlyInAnyOrder(
                        tuple(0L, 0), tuple(0L, 1), tuple(1L, 0), tuple(1L, 1), tuple(2L, 0), tuple(2L, 1));
        assertThat(seen.records).extracting(RequestRecord::index).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(seen.records).extracting(RequestRecord::slot).containsOnly(0, 1);
        assertThat(sessions.total()).isEqualTo(3);
        assertThat(sessions.completed()).isEqualTo(3);
        assertThat(sessions.requests().max()).isEqualTo(2);
        assertThat(sessions.turns()).extracting(Sessions.OfTurn::turn).containsExactly(0, 1);
        assertThat(sessions.turns()).extracting(Sessions.OfTurn::requests).containsExactly(3L, 3L);
        assertThat(sessions.turns().get(1).promptTokens().mean()).isEqualTo("s0 t1".length());
        assertThat(sessions.turns().get(1).cachedShare()).isEqualTo(0.2);
    }

    @Test
    void aTimeToThinkMayCountFromWhenTheTurnBeforeWasDue() throws Exception {
        Duration gap = Duration.ofMillis(400);

        run(
                new Load.Closed(1),
                Iterations.ofSessions(1, 1),
                turn -> turn.index() < 3
                        ? NextTurn.ask(turn.say("s" + turn.session()))
                                .thinkTime(turn.index() == 1 ? gap : Duration.ZERO)
                                .sinceTurn()
                        : NextTurn.end());

        List<RequestRecord> session = ofSession(0);
        assertThat(session.get(1).scheduledNanos())
                .isEqualTo(Math.max(session.get(0).endNanos(), session.get(0).scheduledNanos() + gap.toNanos()));
        assertThat(session.get(2).scheduledNanos()).isEqualTo(session.get(1).endNanos());
    }

    @Test
    void aTurnIsScheduledWhenItsTimeToThinkIsOver() throws Exception {
        Duration think = Duration.ofMillis(7);

        Sessions sessions = run(
                new Load.Closed(1),
                Iterations.ofSessions(1, 2),
                turn -> turn.index() < 3
                        ? NextTurn.ask(turn.say("s" + turn.session())).thinkTime(think)
                        : NextTurn.end());

        for (List<RequestRecord> session : List.of(ofSession(0), ofSession(1))) {
            for (int i = 1; i < 3; i++) {
                assertThat(session.get(i).scheduledNanos())
                        .isEqualTo(session.get(i - 1).endNanos() + think.toNanos());
                assertThat(session.get(i).releasedNanos())
                        .isGreaterThanOrEqualTo(session.get(i).scheduledNanos());
            }
        }
        SessionRecord first = ended().get(0);
        assertThat(first.thinkNanos()).isEqualTo(3 * think.toNanos());
        assertThat(first.inSystemNanos())
                .isEqualTo(first.endNanos() - first.startNanos() - 3 * think.toNanos())
                .isPositive();
        assertThat(sessions.inSystemNanos().count()).isEqualTo(2);
    }

    @Test
    void aTimeToThinkIsTheSameInEveryRun() throws Exception {
        Session session = turn -> turn.index() < 3
                ? NextTurn.ask(turn.say("hi")).thinkTime(ThinkTime.exponential(Duration.ofMillis(2)))
                : NextTurn.end();

        run(new Load.Closed(2), Iterations.ofSessions(1, 4), session);
        List<Long> first = thought();
        seen.records.clear();
        run(new Load.Closed(2), Iterations.ofSessions(1, 4), session, "again");

        assertThat(thought()).isEqualTo(first).doesNotHaveDuplicates();
    }

    @Test
    void aFailedTurnEndsItsSession() throws Exception {
        Sessions sessions = run(new Load.Closed(1), Iterations.ofSessions(1, 2), failingAt(1));

        assertThat(server.bodies()).hasSize(4);
        assertThat(sessions.failed()).isEqualTo(2);
        assertThat(sessions.completed()).isZero();
        assertThat(sessions.requests().count()).isZero();
        assertThat(ended()).extracting(SessionRecord::failedTurns).containsExactly(1, 1);
    }

    @Test
    void aFailedTurnMayBeSkipped() throws Exception {
        setting = trial -> trial.sessions(new Trial.Sessions(1_000, Trial.OnFailedTurn.SKIP));

        Sessions sessions = run(new Load.Closed(1), Iterations.ofSessions(1, 1), failingAt(1));

        assertThat(sessions.completed())
                .as("a session without one of its turns is none")
                .isZero();
        assertThat(sessions.failed()).isEqualTo(1);
        assertThat(sessions.failedTurns()).isEqualTo(1);
        assertThat(turns.get(2).answer()).isEmpty();
        assertThat(server.bodies().get(2).get("messages"))
                .extracting(message -> message.get("content").asText())
                .containsExactly("t0", "you said: t0", "t2");
    }

    @Test
    void aSessionThatNeverEndsIsCut() throws Exception {
        setting = trial -> trial.sessions(new Trial.Sessions(3, Trial.OnFailedTurn.RETRY_NONE));

        Sessions sessions = run(new Load.Closed(1), Iterations.ofSessions(1, 2), talk(Integer.MAX_VALUE));

        assertThat(server.bodies()).hasSize(6);
        assertThat(sessions.cut()).isEqualTo(2);
    }

    @Test
    void aNumberOfTurnsIsExactAndWhatIsNotOverIsCut() throws Exception {
        Sessions sessions = run(new Load.Closed(3), Iterations.ofRequests(1, 10), talk(4));

        assertThat(server.bodies()).hasSize(10);
        assertThat(seen.records).hasSize(10);
        assertThat(sessions.total()).isEqualTo(sessions.completed() + sessions.cut());
        assertThat(sessions.cut()).isPositive();
    }

    @Test
    void atTheEndOfATimeSessionsThatThinkAreCut() throws Exception {
        Sessions sessions = run(
                new Load.Closed(2),
                Iterations.ofTime(1, Duration.ofMillis(300)),
                turn -> NextTurn.ask(turn.say("hi")).thinkTime(Duration.ofMillis(turn.index() == 0 ? 0 : 60_000)));

        assertThat(server.bodies()).hasSize(2);
        assertThat(sessions.cut()).isEqualTo(2);
    }

    @Test
    void anIterationEndsWithTheSessionsThatThereAre() throws Exception {
        Sessions sessions = run(
                new Load.Closed(4),
                Iterations.ofTime(1, Duration.ofMinutes(1)),
                turn -> turn.session() == 5 || turn.index() == 2 ? NextTurn.end() : NextTurn.ask(turn.say("hi")));

        assertThat(sessions.completed()).isEqualTo(5);
        assertThat(server.bodies()).hasSize(10);
    }

    @Test
    void iterationsAndTheWarmUpHaveSessionsOfTheirOwn() throws Exception {
        setting = trial -> trial.load(new Load.Closed(2), Iterations.ofSessions(1, 2), Iterations.ofSessions(2, 3));

        run(new Load.Closed(2), Iterations.ofSessions(2, 3), talk(1));

        assertThat(seen.records)
                .extracting(
                        RequestRecord::warmup,
                        RequestRecord::iteration,
                        record -> record.place().session())
                .containsExactlyInAnyOrder(
                        tuple(true, 0, 0L),
                        tuple(true, 0, 1L),
                        tuple(false, 0, 0L),
                        tuple(false, 0, 1L),
                        tuple(false, 0, 2L),
                        tuple(false, 1, 3L),
                        tuple(false, 1, 4L),
                        tuple(false, 1, 5L));
        assertThat(turns)
                .extracting(TurnContext::id)
                .contains("w0-0-0", "0-0-0", "0-0-5")
                .doesNotContain("w0-0-2");
    }

    @Test
    void anOpenLoopBeginsSessionsAtItsRate() throws Exception {
        run(new Load.Open(200, Arrivals.CONSTANT), Iterations.ofSessions(1, 5), talk(3));

        List<Long> begun = seen.records.stream()
                .filter(record -> record.place().turn() == 0)
                .map(RequestRecord::scheduledNanos)
                .sorted()
                .toList();
        assertThat(IntStream.range(1, 5).mapToObj(i -> begun.get(i) - begun.get(i - 1)))
                .containsOnly(5_000_000L);
        assertThat(seen.records).hasSize(15).extracting(RequestRecord::slot).containsOnly(-1);
        List<Long> sent = seen.records.stream()
                .filter(record -> record.place().turn() == 0)
                .map(RequestRecord::sentNanos)
                .sorted()
                .toList();
        assertThat(seen.run.trials().get(0).summary().arrivals().orElseThrow().achievedPerSecond())
                .isEqualTo(4e9 / (sent.get(4) - sent.get(0)));
    }

    @Test
    void aReplayBeginsEachSessionAtItsOwnTime() throws Exception {
        run(
                new Load.Replay(2),
                Iterations.ofSessions(1, 3),
                turn -> turn.index() < 2
                        ? NextTurn.ask(turn.say("hi").at(Duration.ofMillis(10 * turn.session())))
                        : NextTurn.end());

        List<Long> begun = IntStream.range(0, 3)
                .mapToObj(i -> ofSession(i).get(0).scheduledNanos())
                .toList();
        assertThat(begun.get(1) - begun.get(0)).isEqualTo(5_000_000);
        assertThat(begun.get(2) - begun.get(0)).isEqualTo(10_000_000);
        assertThat(ofSession(1).get(1).scheduledNanos())
                .isEqualTo(ofSession(1).get(0).endNanos());
        assertFails(
                new Load.Replay(1),
                turn -> NextTurn.ask(turn.say("hi")),
                "Talk: its turn method failed: request 0 has no time, and a replay sends each at its own: give it at(...), or"
                        + " keep the order alone with --concurrency N or --rate N");
    }

    @Test
    void childrenRunBesideAndTheNextTurnWaitsForThem() throws Exception {
        Sessions sessions = run(new Load.Closed(1), Iterations.ofSessions(1, 1), turn -> switch (turn.index()) {
            case 0 -> NextTurn.ask(turn.say("plan")).spawn(named("a", 2), named("b", 1));
            case 1 ->
                NextTurn.ask(turn.say(
                        "found " + turn.joined().stream().map(Answer::text).toList()));
            default -> NextTurn.end();
        });

        List<RequestRecord> own = ofBranch("");
        assertThat(own).hasSize(2);
        assertThat(ofBranch("0.0")).extracting(record -> record.place().turn()).containsExactly(0, 1);
        assertThat(ofBranch("0.0")).extracting(record -> record.place().name()).containsOnly("a");
        assertThat(ofBranch("0.1")).hasSize(1);
        long joined = Math.max(
                ofBranch("0.0").get(1).endNanos(),
                Math.max(ofBranch("0.1").get(0).endNanos(), own.get(0).endNanos()));
        assertThat(own.get(1).scheduledNanos()).isEqualTo(joined);
        assertThat(last(own.get(1))).isEqualTo("found [you said: a 1, you said: b 0]");
        assertThat(sessions.children()).isEqualTo(2);
        assertThat(sessions.total()).isEqualTo(1);
        assertThat(sessions.turns()).extracting(Sessions.OfTurn::requests).containsExactly(1L, 1L);
        assertThat(sessions.requests().max()).isEqualTo(5);
    }

    @Test
    void childrenMayBeJoinedLaterOrNever() throws Exception {
        Sessions sessions = run(new Load.Closed(1), Iterations.ofSessions(1, 1), turn -> {
            if (turn.index() == 0 && turns.size() == 1) {
                return NextTurn.spawn(Children.of(named("late", 3)).joinAt(2));
            }
            return switch (turn.index()) {
                case 0 ->
                    NextTurn.ask(turn.say("0"))
                            .spawn(Children.of(named("never", 2)).background());
                case 1, 2 -> NextTurn.ask(turn.say("joined " + turn.joined().size()));
                default -> NextTurn.end();
            };
        });

        assertThat(ofBranch("")).extracting(this::last).containsExactly("0", "joined 0", "joined 1");
        assertThat(ofBranch("").get(2).scheduledNanos())
                .isGreaterThanOrEqualTo(ofBranch("0.0").get(2).endNanos());
        assertThat(ofBranch("0.1")).hasSize(2);
        assertThat(sessions.completed()).isEqualTo(1);
    }

    @Test
    void aSlotIsFreeWhenAllChildrenAreOver() throws Exception {
        run(
                new Load.Closed(1),
                Iterations.ofSessions(1, 2),
                turn -> turn.index() == 0
                        ? NextTurn.ask(turn.say("only"))
                                .spawn(Children.of(named("slow", 3)).background())
                        : NextTurn.end());

        long first =
                ofSession(0).stream().mapToLong(RequestRecord::endNanos).max().orElseThrow();
        assertThat(ofSession(1)).allMatch(record -> record.scheduledNanos() >= first);
    }

    @Test
    void whatCantComeNextIsTold() {
        assertFails(
                turn -> null,
                "Talk: at turn 0 of session 0 it returned null; return NextTurn.ask(...) or NextTurn.end()");
        assertFails(
                turn -> turn.index() < 2 ? NextTurn.ask(turn.say("hi")) : null,
                "Talk: at turn 2 of session 0 it returned null; return NextTurn.ask(...) or NextTurn.end()");
        assertFails(
                turn -> turn.index() == 0 ? NextTurn.ask(turn.say("hi")) : NextTurn.join(),
                "Talk: at turn 1 of session 0 it joins nobody; spawn children before, or leave the join out");
        assertFails(
                turn -> NextTurn.ask(turn.say("hi"))
                        .spawn(Children.of(named("a", 1)).joinAt(0)),
                "Talk: at turn 0 of session 0 it spawns children that turn 0 is to wait for; the next one that can is turn 1");
        assertFails(
                turn -> NextTurn.ask(turn.say("hi")).spawn(child -> null),
                "Talk: at turn 0 of session 0, child 0.0 it returned null; return NextTurn.ask(...) or NextTurn.end()");
        assertFails(
                turn -> NextTurn.end(),
                "Talk: its @Turn method ended the first measured session before its first turn, so there is nothing to"
                        + " measure");
    }

    @Test
    void aCheckSeesSessionAndTurn() throws Exception {
        run(new Load.Closed(1), Iterations.ofSessions(1, 1), talk(2));

        assertThat(checked)
                .extracting(
                        context -> context.session().orElseThrow(),
                        context -> context.turn().orElseThrow())
                .containsExactly(tuple(0L, 0), tuple(0L, 1));
    }

    @Test
    void aSessionThatWasCutOffIsSentAgainFromItsFirstTurn() throws Exception {
        Plan plan = plan(
                new Load.Closed(2),
                Iterations.ofSessions(1, 4),
                turn -> {
                    if (turn.session() == 2 && turn.index() == 1 && !seen.resumed) {
                        seen.harness.interrupt();
                    }
                    return talk(3).next(turn);
                },
                "run");
        seen.harness = new Harness(plan, name -> null, seen);
        seen.harness.run();
        assertThat(ended()).extracting(SessionRecord::session).doesNotContain(2L);
        seen.records.clear();
        seen.resumed = true;

        new Harness(APlan.like(plan).resumed().plan(), name -> null, seen).run();

        Sessions sessions = seen.run.trials().get(0).summary().sessions().orElseThrow();
        assertThat(sessions.completed()).isEqualTo(4);
        assertThat(sessions.cut()).isPositive();
        assertThat(sessions.total()).isEqualTo(sessions.completed() + sessions.cut());
        assertThat(seen.records)
                .filteredOn(record -> record.place().session() == 2 && record.succeeded())
                .extracting(
                        record -> record.place().attempt(),
                        record -> record.place().turn())
                .contains(tuple(0, 0), tuple(1, 0), tuple(1, 1), tuple(1, 2))
                .doesNotContain(tuple(0, 2));
        assertThat(seen.records.stream().filter(record -> record.outcome() != Outcome.CANCELLED))
                .extracting(RequestRecord::index)
                .doesNotHaveDuplicates();
        assertThat(ended()).extracting(SessionRecord::session).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    private void assertFails(Session session, String message) {
        assertFails(new Load.Closed(1), session, message);
    }

    private void assertFails(Load load, Session session, String message) {
        assertThatThrownBy(() -> run(load, Iterations.ofSessions(1, 1), session, "run" + System.nanoTime()))
                .isInstanceOf(HarnessException.class)
                .hasMessage(message);
    }

    /** So many turns, each of which says its session and number. */
    private static Session talk(int count) {
        return turn -> turn.index() < count
                ? NextTurn.ask(turn.say("s" + turn.session() + " t" + turn.index()))
                : NextTurn.end();
    }

    private static Session failingAt(int failed) {
        return turn -> turn.index() < 3
                ? NextTurn.ask(turn.say(turn.index() == failed ? "fail" : "t" + turn.index()))
                : NextTurn.end();
    }

    private static Session named(String name, int count) {
        return new Session() {
            @Override
            public NextTurn next(TurnContext turn) {
                return turn.index() < count ? NextTurn.ask(turn.say(name + ' ' + turn.index())) : NextTurn.end();
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    private List<RequestRecord> ofSession(long number) {
        return seen.records.stream()
                .filter(record -> record.place().session() == number)
                .sorted(Comparator.comparing(record -> record.place().turn()))
                .toList();
    }

    private List<RequestRecord> ofBranch(String branch) {
        return seen.records.stream()
                .filter(record -> record.place().branch().equals(branch))
                .sorted(Comparator.comparing(record -> record.place().turn()))
                .toList();
    }

    /** What a request said last. */
    private String last(RequestRecord record) {
        return server.bodies().stream()
                .map(body -> body.get("messages"))
                .map(messages ->
                        messages.get(messages.size() - 1).get("content").asText())
                .filter(text -> record.text().isEmpty() || record.text().equals("you said: " + text))
                .findFirst()
                .orElseThrow();
    }

    /** What each turn was to think, by session and turn. */
    private List<Long> thought() {
        List<Long> thought = new ArrayList<>();
        for (int session = 0; session < 4; session++) {
            List<RequestRecord> all = ofSession(session);
            for (int i = 1; i < 3; i++) {
                thought.add(all.get(i).scheduledNanos() - all.get(i - 1).endNanos());
            }
        }
        return thought;
    }

    private List<SessionRecord> ended() throws Exception {
        List<SessionRecord> ended = new ArrayList<>();
        JournalReader.read(dir.resolve("run.journal.jsonl"), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {}

            @Override
            public void sessionEnded(SessionRecord session) {
                ended.add(session);
            }
        });
        return ended;
    }

    private Sessions run(Load load, Iterations measurement, Session session) throws Exception {
        return run(load, measurement, session, "run");
    }

    private Sessions run(Load load, Iterations measurement, Session session, String name) throws Exception {
        new Harness(plan(load, measurement, session, name), variable -> null, seen).run();
        return seen.run.trials().get(0).summary().sessions().orElseThrow();
    }

    private Plan plan(Load load, Iterations measurement, Session session, String name) {
        return APlan.of(
                        dir.resolve(name + ".journal.jsonl"),
                        setting.apply(new APlan.ATrial(new Talk(session, turns, checked), server.url())
                                .load(load, Iterations.NONE, measurement)))
                .maxFailures(1)
                .saveDetailed()
                .plan();
    }

    private static final class Seen implements Report {
        private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
        private RunReport run;
        private volatile Harness harness;
        private volatile boolean resumed;

        @Override
        public void runEnded(RunReport ended) {
            run = ended;
        }

        @Override
        public void requestEnded(RequestRecord record, RequestMetrics metrics) {
            assertThat(record.place()).isNotEqualTo(Place.NONE);
            records.add(record);
        }
    }

    private record Talk(Session session, List<TurnContext> turns, List<RequestContext> checked)
            implements WorkloadBinding<Object> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Talk", "demo.Talk")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofSessions(1, 1))
                    .build();
        }

        @Override
        public Object create(ParamValues values) {
            return values;
        }

        @Override
        public boolean inSessions() {
            return true;
        }

        @Override
        public NextTurn next(Object workload, TurnContext turn) throws Exception {
            turns.add(turn);
            return session.next(turn);
        }

        @Override
        public boolean checksAnswers() {
            return true;
        }

        @Override
        public String check(Object workload, Answer answer, RequestContext context) {
            checked.add(context);
            return "";
        }
    }
}
