package io.inferometer.report.journal;

import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.RunCrew;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.member.MemberLines;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What has to be known of a journal before it can be told together with others; made by reading it once. */
final class MergedJournal implements JournalReader.Visitor {
    private final Path path;
    private final RunHeader header;
    private final NavigableMap<Integer, Span> measured = new TreeMap<>();
    private final Set<Iteration> iterations = new LinkedHashSet<>();
    private Iteration last;
    private int forks = 1;
    private long lastNanos;
    private long indices;
    private long sessions;
    private int slots;
    private final Set<Iteration> ended = new HashSet<>();
    private OptionalInt inFlight = OptionalInt.empty();
    private JournalReader.Ending ending;

    MergedJournal(Path path, RunHeader header) {
        this.path = path;
        this.header = header;
    }

    @Override
    public void header(Map<String, Object> run) {
        // It has been read.
    }

    @Override
    public void request(RequestRecord request) {
        if (header.trials().stream().noneMatch(known -> known.index() == request.trial())) {
            throw new UsageException(path + " is not the journal of a run: it has no trial " + request.trial());
        }
        if (last == null || !last.has(request)) {
            last = Iteration.of(request);
            iterations.add(last);
        }
        forks = Math.max(forks, request.fork() + 1);
        lastNanos = Math.max(lastNanos, request.endNanos());
        indices = Math.max(indices, request.index() + 1);
        sessions = Math.max(sessions, request.place().session() + 1);
        slots = Math.max(slots, request.slot() + 1);
        if (!request.warmup() && request.sentNanos() != RequestRecord.ABSENT) {
            measured.merge(request.trial(), new Span(request.sentNanos(), request.endNanos()), Span::with);
        }
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        ended.add(Iteration.of(span));
    }

    @Override
    public void member(String what, Map<String, Object> fields) {
        if (what.equals(MemberLines.BEAT)) {
            inFlight = MemberLines.inFlight(fields);
        }
    }

    /** It has been read to its end. */
    void ended(JournalReader.Ending how) {
        ending = how;
    }

    Path path() {
        return path;
    }

    RunHeader header() {
        return header;
    }

    int forks() {
        return forks;
    }

    /** Those that have requests, in the order of these. */
    Set<Iteration> iterations() {
        return iterations;
    }

    /** When its last request ended. */
    long lastNanos() {
        return lastNanos;
    }

    /** One more than the greatest index of a request. */
    long indices() {
        return indices;
    }

    /** One more than the greatest number of a session. */
    long sessions() {
        return sessions;
    }

    /** One more than the greatest number of a slot. */
    int slots() {
        return slots;
    }

    JournalReader.Ending ending() {
        return ending;
    }

    /** Those that came to their ends. */
    Set<Iteration> ended() {
        return ended;
    }

    /** The members of its run, where it is the own journal of one of them. */
    Optional<RunCrew> own() {
        return header.runner().crew().filter(crew -> crew.own().isPresent());
    }

    /** What the member is called whose own it is. */
    String name() {
        return own().orElseThrow().names().get(0);
    }

    /** How many requests were in flight when it was last told; empty where it never was. */
    OptionalInt inFlight() {
        return inFlight;
    }

    /** Why the member was lost whose own it is; empty where it did all, or was told to end. */
    Optional<String> loss() {
        return RunEnd.told(ending.complete(), ending.reason()) instanceof RunEnd.Broken broken
                ? Optional.of("ended early: " + broken.text())
                : Optional.empty();
    }

    /** Whether both are the own journals of members of the same fork of one run. */
    boolean sameFork(MergedJournal other) {
        return own().isPresent()
                && other.own().isPresent()
                && header.startedAt().equals(other.header.startedAt())
                && header.trials().get(0).index()
                        == other.header.trials().get(0).index()
                && header.trials().get(0).fork() == other.header.trials().get(0).fork();
    }

    /** From when to when requests of a trial were measured, by trial. */
    NavigableMap<Integer, Span> measured() {
        return measured;
    }

    /** First {@code sent} to last {@code end}. */
    record Span(long from, long to) {
        Span with(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }

        long length() {
            return to - from;
        }

        /** How long both went on; negative where one began after the other had ended. */
        long overlap(Span other, long later) {
            return Math.min(to, other.to + later) - Math.max(from, other.from + later);
        }
    }

    /** An iteration of a fork. */
    record Iteration(int trial, int fork, boolean warmup, int number) {
        static Iteration of(RequestRecord request) {
            return new Iteration(request.trial(), request.fork(), request.warmup(), request.iteration());
        }

        boolean has(RequestRecord request) {
            return request.trial() == trial
                    && request.fork() == fork
                    && request.warmup() == warmup
                    && request.iteration() == number;
        }

        /** Whether a line of a member is of it. */
        boolean isOf(Map<String, Object> fields) {
            return Integer.valueOf(trial).equals(fields.get("trial"))
                    && Integer.valueOf(fork).equals(fields.get("fork"))
                    && Boolean.valueOf(warmup).equals(fields.get("warmup"))
                    && Integer.valueOf(number).equals(fields.get("iteration"));
        }

        static Iteration of(SessionRecord session) {
            return new Iteration(session.trial(), session.fork(), session.warmup(), session.iteration());
        }

        static Iteration of(IterationSpan span) {
            return new Iteration(span.trial(), span.fork(), span.warmup(), span.iteration());
        }
    }
}
