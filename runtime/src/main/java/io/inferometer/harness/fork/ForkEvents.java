package io.inferometer.harness.fork;

import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.LateChecks;
import io.inferometer.harness.trial.RunContext;
import io.inferometer.instrument.Health;
import io.inferometer.plan.Trial;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.ClientOverhead;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens in a fork, told to the run as if one client did it: an iteration has started when its first member has started
 * it, and is over when all have ended it: one that was told to stop, or was lost so that the others were, has not. Told by the
 * threads that follow the members.
 */
final class ForkEvents {
    private final Trial trial;
    private final int fork;
    private final RunContext run;
    private final DoneBefore earlier;
    private final LateChecks late;
    private final Together together;
    private final int members;
    private final Runnable giveUp;
    /** Those without which no iteration is over. */
    private final BitSet needed = new BitSet();

    private IterationSpan iteration;
    private final BitSet ended = new BitSet();
    private Optional<Health> health = Optional.empty();
    private long endNanos;
    private volatile OptionalLong expected = OptionalLong.empty();
    private volatile long iterationStart;
    private volatile boolean lost;
    /** These only the recorder's thread looks at. */
    private boolean givenUp;

    private boolean enough;
    private boolean ranOut;
    private int measured;
    private long measuredNanos;

    /**
     * @param members how many share it
     * @param together knows which of them live
     * @param giveUp has them stop, as none of what was sent succeeded
     */
    ForkEvents(Trial trial, int fork, int members, Together together, Runnable giveUp, RunContext run) {
        this.trial = trial;
        this.fork = fork;
        this.members = members;
        this.together = together;
        this.giveUp = giveUp;
        this.run = run;
        needed.set(0, members);
        late = LateChecks.of(trial);
        earlier = run.resumption().of(trial.index(), fork);
        iterationStart = run.clock().getAsLong();
    }

    /** Now, as the times of records are. */
    long nanos() {
        return run.clock().getAsLong() - run.origin();
    }

    /** Its members are about to begin, or to go on with it. */
    void crew() {
        if (members > 1) {
            member(MemberLines.CREW, MemberLines.crew(trial.index(), fork, members));
        }
    }

    synchronized void iterationStarted(IterationSpan span) {
        if (iteration != null && same(iteration, span)) {
            return;
        }
        iteration = span;
        ended.clear();
        health = Optional.empty();
        endNanos = RequestRecord.ABSENT;
        expected =
                earlier.left(span.warmup(), span.iteration(), trial.schedule().requests(span.warmup()));
        iterationStart = run.clock().getAsLong();
        run.recorder().run(() -> run.log().iterationStarted(span));
    }

    private static boolean same(IterationSpan one, IterationSpan other) {
        return one.warmup() == other.warmup() && one.iteration() == other.iteration();
    }

    /** @param told how the client was; of members that is told apart */
    synchronized void iterationEnded(int member, IterationSpan span, Map<String, Object> told) {
        health = told.isEmpty() ? Optional.empty() : Optional.of(Health.ofMap(told));
        ended.set(member);
        endNanos = Math.max(endNanos, span.endNanos());
        if (iteration == null) {
            iteration = span;
        }
        endIfAllHave();
    }

    /**
     * A member has ended, and ends no iteration any more.
     *
     * @param spared whether it is lost, and the others go on without it
     */
    synchronized void memberEnded(int member, boolean spared) {
        needed.set(member, needed.get(member) && !spared);
        lost |= spared;
        endIfAllHave();
        run.recorder().run(() -> together.ended(member));
    }

    private void endIfAllHave() {
        if (iteration == null || ended.isEmpty() || !allNeededHave()) {
            return;
        }
        IterationSpan span = new IterationSpan(
                iteration.trial(),
                iteration.fork(),
                iteration.warmup(),
                iteration.iteration(),
                iteration.startNanos(),
                endNanos);
        Optional<Health> seen = health;
        ended.clear();
        run.recorder().run(() -> {
            run.log().iterationEnded(span, seen);
            if (!span.warmup()) {
                measured++;
                measuredNanos += span.endNanos() - span.startNanos();
            }
            if (members > 1 && run.log().allFailed(trial.index(), fork)) {
                givenUp = true;
                giveUp.run();
            }
        });
    }

    private boolean allNeededHave() {
        BitSet missing = (BitSet) needed.clone();
        missing.andNot(ended);
        return missing.isEmpty();
    }

    /** Told behind all that came before: the journal has what came of one iteration when the next one starts. */
    void ready(int member, boolean hasNothingLeft) {
        run.recorder().run(() -> {
            ranOut |= hasNothingLeft;
            if (!givenUp) {
                together.ready(member);
            }
        });
    }

    /**
     * Whether there is another iteration, now that all are ready for one: under {@code --until} that is decided by the requests of
     * all. Once there is none, what they are ready for is no iteration. Without a member that was lost no figure gets narrower, for
     * no iteration is whole. Asked by the recorder's thread.
     */
    boolean another() {
        if (members == 1 || enough || trial.schedule().until().isEmpty()) {
            return true;
        }
        boolean cut = measured == 0 && earlier.begun(false, earlier.next(false));
        int least = trial.schedule().measurement().count();
        boolean goesOn = lost
                ? earlier.next(false) + measured < least
                : trial.schedule()
                        .goesOn(
                                measured,
                                run.log().measured(trial.index(), fork),
                                earlier.measuredTime().plusNanos(measuredNanos));
        enough = ranOut || !cut && !goesOn;
        return !enough;
    }

    void member(String what, Map<String, Object> fields) {
        run.recorder().run(() -> run.log().member(what, fields));
    }

    void clientOverhead(ClientOverhead overhead) {
        run.recorder().run(() -> run.log().clientOverhead(trial.index(), fork, overhead));
    }

    void note(String text) {
        run.recorder().run(() -> run.log().notes(trial.index(), fork, List.of(text)));
    }

    void server(ServerRecord learnt) {
        run.recorder().run(() -> run.log().server(trial.index(), fork, learnt));
    }

    void request(RequestRecord request) {
        run.recorder().run(() -> run.log().record(request));
    }

    void sessionEnded(SessionRecord session) {
        run.recorder().run(() -> run.log().sessionEnded(session));
    }

    /** Checks what a member was killed before it had checked. */
    synchronized RequestRecord checked(RequestRecord request, AnswerTexts answer) {
        return late.check(TrialHeader.of(trial), request, answer).orElse(request);
    }

    void tellProgress() {
        OptionalLong total = expected;
        Duration elapsed = Duration.ofNanos(run.clock().getAsLong() - iterationStart);
        run.recorder().run(() -> run.log().progress(total, elapsed));
    }

    void close() throws HarnessException {
        late.close();
    }
}
