package io.inferometer.harness.fork;

import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.member.Share;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.UsageException;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.ClientOverhead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One member at its share of a fork: has its JVM started, and follows the journal that this keeps. */
final class FollowedMember implements JournalReader.Visitor {
    private static final Duration ANY = Duration.ofDays(1);

    private final Member member;
    private final Share share;
    private final ForkEvents events;
    private final String name;
    private final Silence silence = new Silence();
    private OptionalInt inFlight = OptionalInt.empty();
    private long requests;
    private long measured;
    private volatile Part part;
    private volatile boolean stopped;
    private volatile boolean givenUp;
    private volatile boolean stoppedBeforeEnd;
    private volatile boolean complete;
    private volatile boolean begun;
    private volatile boolean hung;
    private volatile OptionalLong heardNanos = OptionalLong.empty();
    private volatile String unreadable = "";

    /**
     * @param measured how many measured requests of its share were done before
     * @param events takes what it does, told by the thread that follows it
     */
    FollowedMember(Member member, Share share, long measured, ForkEvents events) {
        this.member = member;
        this.share = share;
        this.measured = measured;
        this.events = events;
        name = name();
    }

    private String name() {
        int forks = share.trial().forks().count();
        if (forks == 0) {
            return member.name();
        }
        return (share.members() > 1 ? member.name() + " in " : "")
                + "fork " + (share.fork() + 1) + " of " + forks
                + share.trial().side().map(side -> " of " + side.letter()).orElse("");
    }

    int number() {
        return share.member();
    }

    /**
     * Has its JVM started.
     *
     * @throws HarnessException if that can't be
     */
    void start() throws HarnessException {
        try {
            part = member.start(share);
        } catch (IOException e) {
            throw new HarnessException(name + " can't be started: " + e.getMessage(), e);
        }
        silence.starts();
        if (stopped) {
            part.stop();
        }
        if (givenUp) {
            part.cancel();
        }
    }

    /** Follows it to its end. */
    void follow() throws InterruptedException {
        try {
            complete = JournalReader.read(share.journal(), file -> new FollowedFile(file, part), this)
                    .complete();
        } catch (IOException e) {
            // One that has ended may have written nothing; it says why itself.
            unreadable = part.alive() ? e.getMessage() : "";
            part.close();
        }
        silence.ended();
        // Whoever is told to stop when it has ended already was not stopped.
        stoppedBeforeEnd = stopped && !hung;
        while (!part.ended(ANY)) {
            // A JVM that has nothing more to say may still take its time.
        }
    }

    /**
     * Looks, once a tick, whether it still says that it works; one that does not is ended. Who runs a fork alone says nothing,
     * but that it has begun.
     */
    void tick() {
        boolean expected = share.members() > 1 || !begun && part.clock().isPresent();
        if (expected && silence.tick()) {
            hung = true;
            part.close();
        }
    }

    /**
     * Why it did not do all that it was meant to, once it has ended; empty if it did, or was stopped.
     *
     * @throws HarnessException if it did nothing at all, and would do no better another time
     * @throws UsageException if what was asked for can't be done
     */
    Optional<String> lack() throws HarnessException, InterruptedException {
        if (complete || stoppedBeforeEnd) {
            return Optional.empty();
        }
        return Optional.of(broken(part.status(), part.complaint()));
    }

    /**
     * Tells that it has ended, and why if it is lost.
     *
     * @param goesOn whether the others go on without it
     */
    void tellEnd(boolean goesOn) throws InterruptedException {
        if (share.members() > 1) {
            Map<String, Object> fields = MemberLines.end(share.trial().index(), share.fork(), share.member());
            if (!whole() && !stoppedBeforeEnd) {
                MemberLines.lost(fields, how(part.status(), part.complaint()), inFlight, share.members(), goesOn);
                heardNanos.ifPresent(nanos -> MemberLines.heard(fields, nanos));
            }
            part.clock().ifPresent(clock -> MemberLines.clock(fields, clock.offsetNanos(), clock.boundNanos()));
            tell(MemberLines.END, fields);
        }
    }

    /** Why it broke off; one that did nothing at all would not do better another time, unless it was killed. */
    private String broken(int status, String complaint) throws HarnessException {
        int signal = ExitCode.signal(status);
        String said = whose() + complaint;
        if (requests == 0 && status == ExitCode.USAGE.status()) {
            throw new UsageException(said);
        }
        if (requests == 0 && status == ExitCode.TOO_MANY_FAILURES.status()) {
            throw new PreFlightException(share.trial().index(), said);
        }
        if (requests == 0 && signal == 0 && !hung && unreadable.isEmpty()) {
            throw new HarnessException(
                    complaint.isEmpty()
                            ? name + " ended with status " + status
                            : share.members() > 1 ? name + ": " + complaint : said);
        }
        return name + " " + how(status, complaint) + "; the result has the "
                + (measured == 1 ? "measured request" : measured + " measured requests") + " that it finished";
    }

    /** Members of one machine are asked for the same there, so that it goes without saying who complains of that. */
    private String whose() {
        return part.clock().isPresent() ? member.name() + ": " : "";
    }

    private String how(int status, String complaint) {
        if (!unreadable.isEmpty()) {
            return "was ended: " + unreadable;
        }
        if (hung) {
            return silence.everHeard()
                    ? "hung, said nothing for 30 s and was ended"
                    : (begun
                            ? "did not become ready, and was ended after 5 min"
                            : "did not start, and was ended after 5 min");
        }
        int signal = ExitCode.signal(status);
        return signal > 0
                ? "was killed by signal " + signal
                : complaint.isEmpty() ? "ended with status " + status : "failed: " + complaint;
    }

    Path journal() {
        return share.journal();
    }

    /** Whether it did all that it was meant to. */
    boolean whole() {
        return complete;
    }

    /** Whether it ended before it had done all that it was meant to, and nobody had told it to. */
    boolean lost() {
        return !complete && !stoppedBeforeEnd;
    }

    void stop() {
        stopped = true;
        if (part != null) {
            part.stop();
        }
    }

    void cancel() {
        givenUp = true;
        if (part != null) {
            part.cancel();
        }
    }

    void close() {
        if (part != null) {
            part.close();
        }
    }

    @Override
    public void header(Map<String, Object> description) {
        // The run's own says the same.
        begun = true;
        silence.starts();
    }

    @Override
    public void iterationStarted(IterationSpan span) {
        events.iterationStarted(span);
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        boolean shared = share.members() > 1;
        if (shared && !health.isEmpty()) {
            boolean here = part.clock().isEmpty();
            tell(MemberLines.HEALTH, MemberLines.health(share.member(), span, health, here));
        }
        events.iterationEnded(share.member(), span, shared ? Map.of() : health);
    }

    @Override
    public void member(String what, Map<String, Object> fields) {
        heard();
        if (what.equals(MemberLines.READY)) {
            events.ready(share.member(), MemberLines.ranOut(fields));
        } else if (what.equals(MemberLines.BEAT)) {
            inFlight = MemberLines.inFlight(fields);
        } else {
            tell(what, new LinkedHashMap<>(fields));
        }
    }

    private void heard() {
        silence.heard();
        heardNanos = OptionalLong.of(events.nanos());
    }

    private void tell(String what, Map<String, Object> fields) {
        MemberLines.name(fields, member.name());
        events.member(what, fields);
    }

    /** Has it start what it is ready for. */
    void go(long nanos) {
        Part started = part;
        if (started != null) {
            started.go(nanos);
        }
    }

    /** Tells it that what it is ready for is none. */
    void enough() {
        Part started = part;
        if (started != null) {
            started.enough();
        }
    }

    @Override
    public void clientOverhead(int trial, int fork, Map<String, Object> told) {
        events.clientOverhead(ClientOverhead.ofMap(told));
    }

    @Override
    public void note(int trial, int fork, String text) {
        events.note(text);
    }

    @Override
    public void server(int trial, int fork, ServerRecord learnt) {
        events.server(learnt);
    }

    @Override
    public void request(RequestRecord request) {
        heard();
        requests++;
        measured += request.warmup() ? 0 : 1;
        events.request(request);
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        events.sessionEnded(session);
    }

    /** It was killed before it had checked that one. */
    @Override
    public void unchecked(RequestRecord request, AnswerTexts answer) {
        request(events.checked(request, answer));
    }
}
