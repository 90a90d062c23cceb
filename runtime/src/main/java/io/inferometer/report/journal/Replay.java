package io.inferometer.report.journal;

import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells a report what happens in a run. A run that is on tells it live, a journal afterwards, and the report is the same.
 *
 * <p>Where an iteration starts and ends follows from the records; who knows it earlier says so. Used by one thread at a
 * time.
 */
public final class Replay {
    private RunHeader header;
    private final RunReportBuilder builder;
    private final Report report;
    private final Set<Integer> started = new HashSet<>();
    private TrialHeader trial;
    private boolean running;
    private int fork;
    private boolean warmup;
    private int iteration;

    /** Begins: tells the report that the run has started. */
    public Replay(RunHeader header, RunReportBuilder builder, Report report) throws IOException {
        this.header = header;
        this.builder = builder;
        this.report = report;
        report.runStarted(header);
    }

    /** What is known of a trial. */
    TrialHeader trial(int index) {
        return header.trial(index);
    }

    /** The measured iterations of a fork of a trial that has not ended, that ran to their end. */
    public List<Summary> measured(int trialIndex, int forkNumber) {
        return builder.measured(trialIndex, forkNumber);
    }

    /** The run is a search, whose trials are not all known when it begins. */
    public void search(SearchAsked asked) throws IOException {
        if (builder.search().isEmpty()) {
            builder.search(asked);
            report.searching(asked);
        }
    }

    /** The search has come to a trial; told once, however many say it. */
    public void planned(TrialHeader next) throws IOException {
        if (header.trials().stream().noneMatch(known -> known.index() == next.index())) {
            List<TrialHeader> all = new ArrayList<>(header.trials());
            all.add(next);
            header = header.withTrials(all);
            builder.planned(next);
            report.planned(header);
        }
    }

    /** What is known so far of what is searched; empty where the run is no search. */
    public Optional<SearchReport> search() {
        return builder.search();
    }

    /** The number of the first measured session of a trial. */
    public long firstSession(int trialIndex) {
        return builder.firstSession(trialIndex);
    }

    /** The index of the first measured request of a trial. */
    public long firstIndex(int trialIndex) {
        return builder.firstIndex(trialIndex);
    }

    /** Whether there is a trial of that number. */
    boolean knows(int trialIndex) {
        return header.trials().stream().anyMatch(known -> known.index() == trialIndex);
    }

    /** What the pre-flight found, on one line. */
    public void preFlight(String line) throws IOException {
        report.preFlight(line);
    }

    /** What a reader should know of how requests were made, on one line; told once, however many say it. */
    public void note(String line) throws IOException {
        if (builder.note(line)) {
            report.note(line);
        }
    }

    /** The stack trace of what a check threw. */
    public void checkThrew(Supplier<String> trace) throws IOException {
        report.checkThrew(trace);
    }

    /** An iteration starts; another that has not ended yet was cut off, and it itself is gone on with if it has not. */
    public void iterationStarted(int trialIndex, int forkNumber, boolean isWarmup, int number) throws IOException {
        iterationStarted(trialIndex, forkNumber, isWarmup, number, RequestRecord.ABSENT);
    }

    /**
     * The same, of an iteration of one member.
     *
     * @param nanos when, as the times of records are
     */
    public void iterationStarted(int trialIndex, int forkNumber, boolean isWarmup, int number, long nanos)
            throws IOException {
        if (runs(trialIndex, forkNumber, isWarmup, number)) {
            builder.iterationResumed(nanos);
            report.iterationResumed(trial, isWarmup, number);
            return;
        }
        ended(false, Clients.UNWATCHED);
        if (trial == null || trial.index() != trialIndex) {
            trial = header.trial(trialIndex);
            fork = -1;
            if (started.add(trialIndex)) {
                report.trialStarted(trial);
            }
        }
        if (fork != forkNumber) {
            report.forkStarted(trial, forkNumber);
        }
        running = true;
        fork = forkNumber;
        warmup = isWarmup;
        iteration = number;
        builder.iterationStarted(trialIndex, forkNumber, isWarmup, number, nanos);
        report.iterationStarted(trial, isWarmup, number);
    }

    /** The next record; it starts its iteration where that is not running, and the one before is then at its end. */
    public void add(RequestRecord record) throws IOException {
        if (!runs(record.trial(), record.fork(), record.warmup(), record.iteration())) {
            ended(true, Clients.UNWATCHED);
            iterationStarted(record.trial(), record.fork(), record.warmup(), record.iteration());
        }
        report.requestEnded(record, builder.add(record));
    }

    /** A session of the iteration that runs is over. */
    public void sessionEnded(SessionRecord session) throws IOException {
        if (runs(session.trial(), session.fork(), session.warmup(), session.iteration())) {
            builder.sessionEnded(session);
        }
    }

    /** How many requests are in flight, while the iteration runs. */
    public void inFlight(int requests) throws IOException {
        if (running) {
            report.inFlight(requests);
        }
    }

    /** Something is told of a member of the run, as {@link io.inferometer.report.member.MemberLines} has it. */
    public void member(String what, Map<String, Object> fields) {
        builder.member(what, fields);
    }

    /** Something was learnt of the server of a trial. */
    public void server(int trialIndex, ServerRecord learnt) {
        builder.server(trialIndex, learnt);
    }

    /** How far the iteration is, while it runs. */
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        if (running) {
            report.progress(done, total, elapsed);
        }
    }

    /**
     * The iteration that runs, if one does, ran to its end.
     *
     * @param health how the client was meanwhile; empty where nobody looked
     */
    public void iterationEnded(Optional<Health> health) throws IOException {
        ended(true, Clients.alone(health));
    }

    /**
     * The iteration that runs, if one does, is over for all its members.
     *
     * @param complete whether it ran to its end for all of them
     * @param clients how they were meanwhile
     */
    public void iterationEnded(boolean complete, Clients clients) throws IOException {
        ended(complete, clients);
    }

    private void ended(boolean complete, Clients clients) throws IOException {
        if (running) {
            running = false;
            int decided = decided();
            report.iterationEnded(builder.iterationEnded(complete, clients));
            if (decided() > decided) {
                report.probed(builder.search().orElseThrow());
            }
        }
    }

    /** How many loads of a search are decided. */
    private int decided() {
        return builder.search().map(known -> known.all().size()).orElse(0);
    }

    /** It was measured what the client itself adds to a trial's latencies. */
    public void clientOverhead(int trialIndex, ClientOverhead overhead) {
        builder.clientOverhead(trialIndex, overhead);
    }

    /** Ends: tells the report the result, and returns it. */
    public RunReport end(RunEnd end) throws IOException {
        ended(end instanceof RunEnd.Complete, Clients.UNWATCHED);
        RunReport result = builder.build(end);
        report.runEnded(result);
        return result;
    }

    private boolean runs(int trialIndex, int forkNumber, boolean isWarmup, int number) {
        return running
                && trial.index() == trialIndex
                && fork == forkNumber
                && warmup == isWarmup
                && iteration == number;
    }
}
