package io.inferometer.harness.trial;

import io.inferometer.harness.resume.Resumption;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.ShapeBuilder;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.JournalTelling;
import io.inferometer.report.journal.LateCheck;
import io.inferometer.report.journal.Replay;
import io.inferometer.report.journal.SearchLines;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Takes what happens in a run, in order, and keeps it: first in the journal, then in the reports. Everything but
 * {@link #close} happens on the recorder's thread.
 */
public final class RunLog implements Recorder.Sink {
    private final Journal journal;
    private final Replay replay;
    private final Resumption resumption;
    private final boolean stopOnFailure;
    private final Consumer<RunEnd> stop;
    private boolean iterating;
    private boolean begun;
    private IterationSpan iteration;
    private final Set<List<Object>> noted = new HashSet<>();
    private final Histogram warmupE2el = new Histogram(2);
    private long ended;
    private long succeeded;
    private boolean shapeOfWarmup;
    private int shapeOfTrial = -1;
    private ShapeBuilder shape = new ShapeBuilder();

    /**
     * @param journal null for none
     * @param resumption what was done of the run before it was interrupted
     * @param stopOnFailure whether the first measured request that fails ends the run
     * @param stop ends the run, for the reason given
     */
    public RunLog(Journal journal, Replay replay, Resumption resumption, boolean stopOnFailure, Consumer<RunEnd> stop) {
        this.journal = journal;
        this.replay = replay;
        this.resumption = resumption;
        this.stopOnFailure = stopOnFailure;
        this.stop = stop;
    }

    /**
     * Tells the reports what the journal holds already of a trial, or of a fork of it: the run is gone on with.
     *
     * @param late checks what was not checked yet; what it finds is kept
     */
    public void takeOver(int ofTrial, int ofFork, LateCheck late) {
        begun = true;
        List<RequestRecord> checked = new ArrayList<>();
        LateCheck keeping = (trial, request, answer) -> {
            Optional<RequestRecord> judged = late.check(trial, request, answer);
            judged.ifPresent(checked::add);
            resumption.of(ofTrial, ofFork).checked(judged.orElse(request));
            return judged;
        };
        JournalTelling telling =
                new JournalTelling(replay, (trial, fork) -> trial == ofTrial && fork == ofFork, keeping);
        io(() -> journal.read(telling));
        checked.forEach(journal::checked);
    }

    /**
     * Tells the reports what another journal holds of a trial's fork: a fork's own begins where its run's was cut off, and what
     * it is to reach together is known by both.
     *
     * @param earlier the journal of its run, in which all is checked
     */
    public void recall(Path earlier, int ofTrial, int ofFork) {
        JournalTelling telling = new JournalTelling(
                replay,
                (trial, fork) -> trial == ofTrial && fork == ofFork,
                (trial, request, answer) -> Optional.empty());
        io(() -> JournalReader.read(earlier, telling));
    }

    /**
     * The iterations of a trial, or of a fork of it, that were measured to their end. Read when the recorder has been
     * drained, while no other trial has begun.
     */
    public List<Summary> measured(int trial, int fork) {
        return replay.measured(trial, fork);
    }

    /** The run is a search: tells what was asked, and keeps it. */
    public void search(SearchAsked asked) {
        if (journal != null && resumption.asked().isEmpty()) {
            journal.search(SearchLines.ASKED, asked.toMap());
        }
        io(() -> replay.search(asked));
    }

    /** The search has come to a trial. */
    public void planned(TrialHeader trial) {
        if (journal != null && !resumption.planned(trial.index())) {
            journal.search(SearchLines.TRIAL, trial.toMap());
        }
        io(() -> replay.planned(trial));
    }

    /** What is known of what is searched; empty where the run is no search. Read when the recorder is drained. */
    public Optional<SearchReport> search() {
        return replay.search();
    }

    /** Whether it is decided what a trial proves of its load. Read when the recorder is drained. */
    public boolean decided(int trial) {
        return search().filter(known -> known.all().stream().anyMatch(probe -> probe.trial() == trial))
                .isPresent();
    }

    /** The number of the first measured session of a trial. Read when the recorder is drained. */
    long firstSession(int trial) {
        return replay.firstSession(trial);
    }

    /** The index of the first measured request of a trial. Read when the recorder is drained. */
    long firstIndex(int trial) {
        return replay.firstIndex(trial);
    }

    public void iterationStarted(IterationSpan span) {
        iterating = true;
        begun = true;
        iteration = span;
        ended = 0;
        succeeded = resumption.of(span.trial(), span.fork()).succeeded(span.warmup(), span.iteration()) ? 1 : 0;
        if (span.trial() != shapeOfTrial || span.warmup() != shapeOfWarmup) {
            shapeOfTrial = span.trial();
            shapeOfWarmup = span.warmup();
            if (span.warmup()) {
                warmupE2el.reset();
            }
            shape = new ShapeBuilder();
        }
        if (journal != null) {
            journal.iterationStarted(span);
        }
        io(() ->
                replay.iterationStarted(span.trial(), span.fork(), span.warmup(), span.iteration(), span.startNanos()));
    }

    @Override
    public void record(RequestRecord record) {
        if (journal != null) {
            journal.append(record);
        }
        ended++;
        told(record);
    }

    @Override
    public void unchecked(RequestRecord record, AnswerTexts answer) {
        if (journal != null) {
            journal.append(record, answer);
        }
        ended++;
    }

    @Override
    public void checked(RequestRecord record) {
        if (journal != null) {
            journal.checked(record);
        }
        told(record);
    }

    /** All is known of it. */
    private void told(RequestRecord record) {
        if (record.warmup() && record.succeeded()) {
            warmupE2el.recordValue(Math.max(0, record.endNanos() - record.sentNanos()));
        }
        shape.add(record);
        if (record.succeeded()) {
            succeeded++;
        } else if (stopOnFailure && !record.warmup()) {
            stop.accept(new RunEnd.FailedRequest(record.index(), record.outcome(), record.error()));
        }
        io(() -> replay.add(record));
    }

    /** A session is over, and its requests have all been recorded. */
    public void sessionEnded(SessionRecord session) {
        if (journal != null) {
            journal.sessionEnded(session);
        }
        io(() -> replay.sessionEnded(session));
    }

    /** Tells what the pre-flight found. */
    public void preFlight(String line) {
        io(() -> replay.preFlight(line));
    }

    /** Tells and keeps what a reader should know of how a trial's requests were made, each line once. */
    public void notes(int trial, int fork, List<String> lines) {
        for (String line : lines) {
            if (noted.add(List.of(trial, fork, line))) {
                if (journal != null) {
                    journal.note(trial, fork, line);
                }
                io(() -> replay.note(line));
            }
        }
    }

    /** Something is known of a member of the run: keeps it, and tells it. */
    public void member(String what, Map<String, Object> fields) {
        if (journal != null) {
            journal.member(what, fields);
        }
        replay.member(what, fields);
    }

    /** Something was learnt of the server of a trial. */
    public void server(int trial, int fork, ServerRecord learnt) {
        if (journal != null) {
            journal.server(trial, fork, learnt);
        }
        replay.server(trial, learnt);
    }

    /** Tells the stack trace of what a check threw. */
    void checkThrew(Supplier<String> trace) {
        io(() -> replay.checkThrew(trace));
    }

    /** Tells how far the iteration is; does nothing where a timer fires once more behind its end. */
    public void progress(OptionalLong total, Duration elapsed) {
        if (iterating) {
            io(() -> replay.progress(ended, total, elapsed));
        }
    }

    /** Tells how many requests are in flight. */
    void inFlight(int requests) {
        if (iterating) {
            io(() -> replay.inFlight(requests));
        }
    }

    public void iterationEnded(IterationSpan span, Optional<Health> health) {
        iterating = false;
        begun = true;
        if (journal != null) {
            journal.iterationEnded(span, health.map(Health::toMap).orElseGet(Map::of));
            journal.flush();
        }
        io(() -> replay.iterationEnded(health));
    }

    /** It was measured what the client itself adds to a trial's latencies. */
    public void clientOverhead(int trial, int fork, ClientOverhead overhead) {
        if (journal != null) {
            journal.clientOverhead(trial, fork, overhead.toMap());
        }
        replay.clientOverhead(trial, overhead);
    }

    /** The p99 of what requests of the last warm-up took; 0 where none succeeded. Read when the recorder is drained. */
    long warmupE2elNanos() {
        return warmupE2el.getValueAtPercentile(99);
    }

    /** The shape of the trial's requests since its warm-up, or its measurement, began. Read when the recorder is drained. */
    public ShapeBuilder shape() {
        return shape;
    }

    /**
     * Whether requests of the last iteration of a trial, or of a fork of it, have ended, and none of them well. Read when
     * the recorder has been drained.
     */
    public boolean allFailed(int trial, int fork) {
        return iteration != null && iteration.trial() == trial && iteration.fork() == fork
                ? ended > 0 && succeeded == 0
                : resumption.of(trial, fork).noneSucceeded();
    }

    /** Whether an iteration has begun. Read when the recorder's thread has ended. */
    public boolean begun() {
        return begun;
    }

    @Override
    public void flush() {
        if (journal != null) {
            journal.flush();
        }
    }

    /** Ends the journal. Called when the recorder's thread has ended. */
    public void close(RunEnd end) {
        if (journal != null) {
            journal.close(end instanceof RunEnd.Complete, end.text());
        }
    }

    private interface Telling {
        void tell() throws IOException;
    }

    private static void io(Telling telling) {
        try {
            telling.tell();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }
}
