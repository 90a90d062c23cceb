package io.inferometer.report.journal;

import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.header.RunHeader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
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

        static Iteration of(SessionRecord session) {
            return new Iteration(session.trial(), session.fork(), session.warmup(), session.iteration());
        }

        static Iteration of(IterationSpan span) {
            return new Iteration(span.trial(), span.fork(), span.warmup(), span.iteration());
        }
    }
}
