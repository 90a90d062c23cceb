package io.inferometer.harness.resume;

import io.inferometer.plan.Trial;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a trial, or one fork of it, came before the run was interrupted. Iterations run one after the other, so that what
 * comes before the last one in the journal is done, and of that one the requests that have a record. A request that was
 * given up is not done.
 */
public final class DoneBefore {
    private boolean warmup = true;
    private int iteration = -1;
    private boolean ended;
    private boolean succeeded;
    private BitSet requests = new BitSet();
    private long first;
    private long highest = -1;
    private long measured;
    /** The sessions of the last iteration that are over, and of the others how often they were begun. */
    private BitSet sessions = new BitSet();

    private Map<Long, Integer> attempts = new HashMap<>();
    private long firstSession;
    private long highestSession = -1;
    private boolean overhead;
    private int members = 1;
    private final Set<String> lost = new TreeSet<>();
    private final Set<String> missed = new TreeSet<>();
    private long lastStart = RequestRecord.ABSENT;
    /** Up to when the last request of the iteration ended. */
    private final Elapsed ran = new Elapsed();
    /** Up to when the last one was due that is done, a request or a session. */
    private final Elapsed due = new Elapsed();

    private long measuredNanos;

    /** Whether an iteration has begun. */
    public boolean begun() {
        return iteration >= 0;
    }

    /**
     * Whether it needs no going on with: its last iteration has ended, or one of which no request succeeded. Which one is the
     * last of those that go on until figures are precise these have to tell.
     *
     * @param measured the measured iterations that have ended
     */
    public boolean done(Trial trial, List<Summary> measured) {
        return allFailed() || ended && !warmup && !trial.schedule().goesOn(iteration + 1, measured, measuredTime());
    }

    /** The number of the first iteration of a phase that has not ended. */
    public int next(boolean isWarmup) {
        if (isWarmup != warmup) {
            return isWarmup ? Integer.MAX_VALUE : 0;
        }
        return ended ? iteration + 1 : Math.max(0, iteration);
    }

    /** How long the measured iterations took that have ended, without the times between. */
    public Duration measuredTime() {
        return Duration.ofNanos(measuredNanos);
    }

    /** Whether it was given up, as no request of an iteration succeeded. */
    private boolean allFailed() {
        return ended && noneSucceeded();
    }

    /** Whether requests of the last iteration are done, and none of them succeeded. */
    public boolean noneSucceeded() {
        return !succeeded && !requests.isEmpty();
    }

    /** Whether an iteration has ended. */
    public boolean done(boolean isWarmup, int number) {
        return isWarmup == warmup ? number < iteration || number == iteration && ended : isWarmup;
    }

    /** Whether an iteration has begun, and not ended. */
    public boolean begun(boolean isWarmup, int number) {
        return isWarmup == warmup && number == iteration && !ended;
    }

    /** Whether a request of an iteration has succeeded that has begun and not ended. */
    public boolean succeeded(boolean isWarmup, int number) {
        return begun(isWarmup, number) && succeeded;
    }

    /** The index of the first request of the phase that no iteration before has had. */
    public long first(boolean isWarmup) {
        return isWarmup == warmup ? ended ? highest + 1 : first : 0;
    }

    /** The requests of an iteration that are done, by their indices; none where it has not begun, or has ended. */
    public BitSet requests(boolean isWarmup, int number) {
        return begun(isWarmup, number) ? requests : new BitSet();
    }

    /** The number of the first session of the phase that no iteration before has had. */
    public long firstSession(boolean isWarmup) {
        return isWarmup == warmup ? ended ? highestSession + 1 : firstSession : 0;
    }

    /** The sessions of an iteration that are over, by their numbers; none where it has not begun, or has ended. */
    public BitSet sessions(boolean isWarmup, int number) {
        return begun(isWarmup, number) ? sessions : new BitSet();
    }

    /** How often a session of an iteration was begun before. */
    public int attempt(boolean isWarmup, int number, long session) {
        return begun(isWarmup, number) ? attempts.getOrDefault(session, 0) : 0;
    }

    /** Whether it is known that a session is over. */
    public boolean knows(SessionRecord session) {
        return done(session.warmup(), session.iteration())
                || sessions(session.warmup(), session.iteration()).get(Math.toIntExact(session.session()));
    }

    /** How many requests an iteration has left of those that it has; empty where its extent is a time. */
    public OptionalLong left(boolean isWarmup, int number, OptionalLong all) {
        return all.isEmpty()
                ? all
                : OptionalLong.of(all.getAsLong() - requests(isWarmup, number).cardinality());
    }

    /**
     * Up to where the load of an iteration that has begun and not ended is done, without the times between; else 0. That is
     * when the last one was due that is done, and not when it ended: what was due later was in flight, and is sent again.
     */
    public long elapsedNanos(boolean isWarmup, int number) {
        return begun(isWarmup, number) ? due.nanos() : 0;
    }

    /** How many measured requests are done. */
    public long measured() {
        return measured;
    }

    /** When the last request ended. */
    long lastNanos() {
        return ran.last();
    }

    /** Whether it is known that an iteration started then, for the first time or again. */
    public boolean knows(IterationSpan start) {
        return start.startNanos() <= lastStart;
    }

    /** Whether there is nothing new in the record of a request: it is done, or was given up. */
    public boolean knows(RequestRecord request) {
        return request.outcome().clientsOwn()
                || done(request.warmup(), request.iteration())
                || requests(request.warmup(), request.iteration()).get(Math.toIntExact(request.index()));
    }

    /** The same for a member that can't read the journal; {@link Resumption} reads it again. */
    public Map<String, Object> toMap(int trial, int fork) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trial", trial);
        fields.put("fork", fork);
        fields.put("warmup", warmup);
        fields.put("iteration", iteration);
        fields.put("ended", ended);
        fields.put("succeeded", succeeded);
        fields.put("requests", Ranges.of(requests));
        fields.put("sessions", Ranges.of(sessions));
        List<Long> begun = new ArrayList<>();
        attempts.forEach((session, times) -> begun.addAll(List.of(session, (long) times)));
        fields.put("attempts", begun);
        fields.put("overhead", overhead);
        fields.put("first", first);
        fields.put("highest", highest);
        fields.put("measured", measured);
        fields.put("firstSession", firstSession);
        fields.put("highestSession", highestSession);
        fields.put("lastStart", lastStart);
        fields.put("measuredNanos", measuredNanos);
        fields.put("ran", ran.toList());
        fields.put("due", due.toList());
        return fields;
    }

    private void restore(Map<String, Object> fields) {
        warmup = Boolean.TRUE.equals(fields.get("warmup"));
        iteration = (int) number(fields, "iteration");
        ended = Boolean.TRUE.equals(fields.get("ended"));
        succeeded = Boolean.TRUE.equals(fields.get("succeeded"));
        requests = Ranges.read(fields.get("requests"));
        sessions = Ranges.read(fields.get("sessions"));
        Iterator<Long> begun = numbers(fields, "attempts").iterator();
        while (begun.hasNext()) {
            attempts.put(begun.next(), Math.toIntExact(begun.next()));
        }
        overhead = Boolean.TRUE.equals(fields.get("overhead"));
        first = number(fields, "first");
        highest = number(fields, "highest");
        measured = number(fields, "measured");
        firstSession = number(fields, "firstSession");
        highestSession = number(fields, "highestSession");
        lastStart = number(fields, "lastStart");
        measuredNanos = number(fields, "measuredNanos");
        ran.restore(numbers(fields, "ran"));
        due.restore(numbers(fields, "due"));
    }

    private static long number(Map<String, Object> fields, String name) {
        return ((Number) fields.get(name)).longValue();
    }

    private static List<Long> numbers(Map<String, Object> fields, String name) {
        return ((Collection<?>) fields.get(name))
                .stream().map(number -> ((Number) number).longValue()).toList();
    }

    /** How many members shared it. */
    public int members() {
        return members;
    }

    /** The members without which iterations have ended, as the others went on when they were lost. */
    public Set<String> missed() {
        return missed;
    }

    /** Whether the client's overhead was measured. */
    public boolean knowsOverhead() {
        return overhead;
    }

    void started(IterationSpan span) {
        if (begun(span.warmup(), span.iteration())) {
            ran.goOn(span.startNanos());
            due.goOn(span.startNanos());
        }
        enter(span.warmup(), span.iteration(), span.startNanos());
        lastStart = span.startNanos();
    }

    void ended(IterationSpan span) {
        enter(span.warmup(), span.iteration(), span.startNanos());
        ended = true;
        missed.addAll(lost);
        ran.until(span.endNanos());
        measuredNanos += warmup ? 0 : ran.nanos();
    }

    void member(String what, Map<String, Object> fields) {
        if (what.equals(MemberLines.EARLIER)) {
            restore(fields);
        } else if (what.equals(MemberLines.CREW)) {
            members = MemberLines.members(fields);
            lost.clear();
        } else if (what.equals(MemberLines.END)) {
            MemberLines.nameOfLost(fields).ifPresent(lost::add);
        }
    }

    void overheadMeasured() {
        overhead = true;
    }

    void add(SessionRecord session) {
        enter(session.warmup(), session.iteration(), session.startNanos());
        sessions.set(Math.toIntExact(session.session()));
        due.until(session.startNanos());
        highestSession = Math.max(highestSession, session.session());
    }

    void add(RequestRecord request) {
        add(request, request.succeeded());
    }

    /** It ended well, and is not checked. */
    void unchecked(RequestRecord request) {
        add(request, false);
    }

    /** A request that was not checked is, as far as that can be. */
    public void checked(RequestRecord request) {
        succeeded |= request.succeeded();
    }

    private void add(RequestRecord request, boolean well) {
        enter(request.warmup(), request.iteration(), request.scheduledNanos());
        ran.until(request.endNanos());
        if (request.place().inSession()) {
            attempts.merge(request.place().session(), request.place().attempt() + 1, Math::max);
            highestSession = Math.max(highestSession, request.place().session());
        }
        if (!request.outcome().clientsOwn()) {
            requests.set(Math.toIntExact(request.index()));
            highest = Math.max(highest, request.index());
            succeeded |= well;
            measured += request.warmup() ? 0 : 1;
            if (!request.place().inSession()) {
                due.until(request.scheduledNanos());
            }
        }
    }

    private void enter(boolean isWarmup, int number, long nanos) {
        if (isWarmup == warmup && number == iteration) {
            return;
        }
        highest = isWarmup == warmup ? highest : -1;
        first = highest + 1;
        highestSession = isWarmup == warmup ? highestSession : -1;
        firstSession = highestSession + 1;
        warmup = isWarmup;
        iteration = number;
        ran.begin(nanos);
        due.begin(nanos);
        ended = false;
        succeeded = false;
        requests = new BitSet();
        sessions = new BitSet();
        attempts = new HashMap<>();
    }
}
