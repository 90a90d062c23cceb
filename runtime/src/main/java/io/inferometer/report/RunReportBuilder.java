package io.inferometer.report;

import io.inferometer.instrument.Clients;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.member.MemberReport;
import io.inferometer.report.member.MembersBuilder;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchBuilder;
import io.inferometer.report.search.SearchReport;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.server.ServerBuilder;
import io.inferometer.stats.server.ServerSummary;
import io.inferometer.stats.server.ServerWindow;
import io.inferometer.stats.stage.StagesBuilder;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.stats.trace.ReproductionBuilder;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes the result of a run of what happens in it, in that order. Keeps no record.
 *
 * <p>Only measured iterations are in the result; warm-up iterations have reports of their own.
 */
public final class RunReportBuilder {
    private RunHeader header;
    private final Function<TrialHeader, TokenAccounting> accounting;
    private final List<TrialReport> trials = new ArrayList<>();
    private final List<RunReport.Unmeasured> unmeasured = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final TreeMap<Integer, Trial> open = new TreeMap<>();
    private final Map<Integer, ServerBuilder> servers = new HashMap<>();
    private final Map<Integer, MembersBuilder> members = new HashMap<>();
    private Optional<SearchBuilder> search = Optional.empty();
    private Trial trial;
    private Iteration iteration;
    private long begunNanos = RequestRecord.ABSENT;
    private long lastNanos = RequestRecord.ABSENT;

    /**
     * @param header the run
     * @param accounting gives, once for each trial, what counts its tokens
     */
    public RunReportBuilder(RunHeader header, Function<TrialHeader, TokenAccounting> accounting) {
        this.header = header;
        this.accounting = accounting;
    }

    /**
     * The run is a search, whose trials are not all known when it begins.
     *
     * @param asked what is searched
     */
    public void search(SearchAsked asked) {
        search = search.or(() -> Optional.of(new SearchBuilder(asked)));
    }

    /**
     * The run has a trial that was not known when it began.
     *
     * @param next its index is the number of those before it
     */
    public void planned(TrialHeader next) {
        List<TrialHeader> all = new ArrayList<>(header.trials());
        all.add(next);
        header = header.withTrials(all);
    }

    /** {@return what is known so far of what is searched; empty where the run is no search} */
    public Optional<SearchReport> search() {
        return search.map(SearchBuilder::report);
    }

    /**
     * {@return the number of the first measured session of a trial; above 0 in a search}
     *
     * @param trialIndex its number in the run, from 0
     */
    public long firstSession(int trialIndex) {
        return search.map(known -> known.firstSession(trialIndex)).orElse(0L);
    }

    /**
     * {@return the index of the first measured request of a trial; above 0 in a search, which has no prompt twice}
     *
     * @param trialIndex its number in the run, from 0
     */
    public long firstIndex(int trialIndex) {
        return search.map(known -> known.firstIndex(trialIndex)).orElse(0L);
    }

    /**
     * An iteration begins.
     *
     * @param trialIndex the number of its trial
     * @param fork the fork it runs in, from 0
     * @param warmup whether it is of the warm-up
     * @param number its number within the warm-up or the measurement, from 0
     */
    public void iterationStarted(int trialIndex, int fork, boolean warmup, int number) {
        iterationStarted(trialIndex, fork, warmup, number, RequestRecord.ABSENT);
    }

    /**
     * An iteration begins.
     *
     * @param trialIndex the number of its trial
     * @param fork the fork it runs in, from 0
     * @param warmup whether it is of the warm-up
     * @param number its number within the warm-up or the measurement, from 0
     * @param beginNanos when, as the times of records are; {@link RequestRecord#ABSENT} where nobody told
     */
    public void iterationStarted(int trialIndex, int fork, boolean warmup, int number, long beginNanos) {
        if (iteration != null) {
            throw new IllegalStateException("the iteration before has not ended");
        }
        if (!open.containsKey(trialIndex)) {
            TrialHeader next = header.trial(trialIndex);
            if (!open.values().stream().allMatch(other -> other.header.besides(next))) {
                endTrials();
            }
            open.put(trialIndex, new Trial(next));
        }
        trial = open.get(trialIndex);
        SummaryBuilder summary = trial.summaryBuilder(trial.header.schedule().load(warmup));
        summary.began(beginNanos);
        iteration = new Iteration(fork, warmup, number, summary, new FailureCounts());
        if (!warmup) {
            trial.stages.ifPresent(stages -> stages.began(beginNanos));
            trial.windows.add(new ServerWindow(fork, number, beginNanos));
        }
        begunNanos = beginNanos;
        lastNanos = beginNanos;
    }

    /**
     * The iteration is gone on with after an interruption.
     *
     * @param nanos when, as the times of records are; {@link RequestRecord#ABSENT} where nobody told
     */
    public void iterationResumed(long nanos) {
        iteration.summary.interrupted();
        boolean known = nanos != RequestRecord.ABSENT && begunNanos != RequestRecord.ABSENT;
        // As if it had begun later, and the time between had not been.
        begunNanos = known ? nanos - (lastNanos - begunNanos) : RequestRecord.ABSENT;
        iteration.summary.began(begunNanos);
        if (!iteration.warmup) {
            trial.stages.ifPresent(StagesBuilder::interrupted);
            trial.reproduction.iterationResumed();
            trial.window().resumed(nanos);
        }
        trial.resumed = true;
    }

    /**
     * {@return the measured iterations of a fork of a trial that has not ended, that ran to their end; in their order}
     *
     * @param trialIndex its number in the run, from 0
     * @param fork from 0
     */
    public List<Summary> measured(int trialIndex, int fork) {
        Trial asked = open.get(trialIndex);
        return asked == null
                ? List.of()
                : asked.iterations.stream()
                        .filter(report -> report.complete() && report.fork() == fork)
                        .map(IterationReport::summary)
                        .toList();
    }

    /**
     * Something was learnt of the server of a trial, which need not have begun.
     *
     * @param trialIndex its number in the run, from 0
     * @param learnt a reading of a page, or what was told beside it
     */
    public void server(int trialIndex, ServerRecord learnt) {
        servers.computeIfAbsent(trialIndex, none -> new ServerBuilder()).add(learnt);
    }

    /**
     * Something is told of a member of a trial, which need not have begun.
     *
     * @param what it is, and
     * @param fields as {@link io.inferometer.report.member.MemberLines} has them
     */
    public void member(String what, Map<String, Object> fields) {
        if (fields.get("trial") instanceof Number of) {
            members(of.intValue()).add(what, fields);
        }
    }

    private MembersBuilder members(int trialIndex) {
        return members.computeIfAbsent(trialIndex, none -> new MembersBuilder());
    }

    /**
     * Takes what a reader should know of how requests were made, on one line.
     *
     * @param line without a line break at its end
     * @return whether that is new
     */
    public boolean note(String line) {
        return !header.notes().contains(line) && notes.add(line);
    }

    /**
     * Takes in a request of the iteration that has ended.
     *
     * @param record a request that has ended
     * @return what it took
     */
    public RequestMetrics add(RequestRecord record) {
        if (iteration == null) {
            throw new IllegalStateException("no iteration has begun");
        }
        RequestMetrics metrics = RequestMetrics.of(record, trial.accounting.count(record));
        iteration.summary.add(record, metrics);
        iteration.failures.add(record);
        lastNanos = Math.max(lastNanos, record.endNanos());
        if (iteration.warmup) {
            trial.warmupFailures.add(record);
        } else {
            trial.failures.add(record);
            trial.window().add(record);
            if (record.place().member() != Place.ABSENT) {
                members(record.trial()).requestOf(record.place().member());
            }
            trial.stages.ifPresent(stages -> stages.add(record, metrics));
            search.ifPresent(known -> known.add(trial.header, record, metrics));
            trial.reproduction.add(record);
            if (trial.header.simulated()) {

                trial.stamps.add(record, metrics.furtherTokens());
            }
        }
        return metrics;
    }

    /**
     * A session of the iteration is over; its requests have been added.
     *
     * @param session what became of it
     */
    public void sessionEnded(SessionRecord session) {
        if (iteration == null) {
            throw new IllegalStateException("no iteration has begun");
        }
        iteration.summary.add(session);
    }

    /**
     * Ends the iteration.
     *
     * @param complete whether it ran to its end; without a member that was lost none does
     * @param clients how they were, unless it was told of each member
     * @return what it came to
     */
    public IterationReport iterationEnded(boolean complete, Clients clients) {
        Summary summary = iteration.summary.build();
        Load load = trial.header.schedule().load(iteration.warmup);
        MembersBuilder crew = members.getOrDefault(trial.header.index(), new MembersBuilder());
        Clients told = crew.clients();
        Optional<Clients.Seen> worst = (told.healths().isEmpty() ? clients : told).worst(summary, load);
        crew.iterationEnded(summary, load);
        boolean whole = complete && !crew.lostIn(iteration.fork);
        IterationReport report = new IterationReport(
                trial.header.index(),
                iteration.fork,
                iteration.warmup,
                iteration.number,
                whole,
                summary,
                iteration.failures.failures(),
                worst.map(Clients.Seen::health),
                worst.map(Clients.Seen::verdict));
        if (!iteration.warmup) {
            trial.iterations.add(report);
            trial.window().ended(whole);
            trial.stages.ifPresent(stages -> stages.ended(whole));
            trial.summary.merge(iteration.summary);
            if (whole) {
                search.ifPresent(known -> known.iterationEnded(report.trial(), summary));
            }
            trial.reproduction.iterationEnded();
        }
        iteration = null;
        return report;
    }

    /**
     * It was measured what the client itself adds to a trial's latencies; told before the next trial begins. Of several
     * journals that are merged the client that adds most is told.
     *
     * @param trialIndex its number in the run, from 0
     * @param overhead what it adds
     */
    public void clientOverhead(int trialIndex, ClientOverhead overhead) {
        Trial measured = open.get(trialIndex);
        if (measured != null) {
            double mean = overhead.metric(Metric.E2EL).mean();
            measured.replay = measured.replay
                    .filter(known -> known.metric(Metric.E2EL).mean() >= mean)
                    .or(() -> Optional.of(overhead));
        }
    }

    /**
     * Ends the run. An iteration that has not ended is taken as it is.
     *
     * @param end how it ended
     * @return what it came to
     */
    public RunReport build(RunEnd end) {
        if (iteration != null) {
            iterationEnded(end instanceof RunEnd.Complete, Clients.UNWATCHED);
        }
        endTrials();
        return new RunReport(
                header, trials, unmeasured, end, Flags.ofRun(header, trials), List.copyOf(notes), search());
    }

    private void endTrials() {
        for (Trial ended : open.values()) {
            if (ended.iterations.isEmpty()) {
                unmeasured.add(new RunReport.Unmeasured(ended.header.index(), ended.warmupFailures.failures()));
            } else {
                trials.add(ended.report());
            }
        }
        open.clear();
    }

    /** A trial that is running, or whose next fork is still to come while one beside it runs. */
    private final class Trial {
        private final TrialHeader header;
        private final TokenAccounting accounting;
        private final List<IterationReport> iterations = new ArrayList<>();
        private final List<ServerWindow> windows = new ArrayList<>();
        private final FailureCounts failures = new FailureCounts();
        private final FailureCounts warmupFailures = new FailureCounts();
        private final SummaryBuilder summary;
        private final Optional<StagesBuilder> stages;
        private final ReproductionBuilder reproduction;
        private boolean resumed;
        private final ClientOverhead.Builder stamps =
                new ClientOverhead.Builder(RunReportBuilder.this.header.percentiles());
        private Optional<ClientOverhead> replay = Optional.empty();

        private Trial(TrialHeader header) {
            this.header = header;
            accounting = RunReportBuilder.this.accounting.apply(header);
            summary = summaryBuilder(header.load());
            stages = header.load() instanceof StagedLoad staged
                    ? Optional.of(new StagesBuilder(staged, this::summaryBuilder))
                    : Optional.empty();
            reproduction = new ReproductionBuilder(header.load());
        }

        private ServerWindow window() {
            return windows.get(windows.size() - 1);
        }

        private SummaryBuilder summaryBuilder(Load load) {
            return new SummaryBuilder(load, header.figures().objective(), RunReportBuilder.this.header.percentiles());
        }

        private TrialReport report() {
            var pooled = summary.build();
            Optional<ClientOverhead> overhead = replay.or(() -> Optional.of(stamps.ofRun()))
                    .filter(known -> known.replay() || !known.metrics().isEmpty());
            List<MemberReport> crew = Optional.ofNullable(members.remove(header.index()))
                    .map(told -> told.build(header.load()))
                    .orElse(List.of());
            List<Flag> flags = new ArrayList<>(Flags.ofTrial(
                    header, pooled, iterations, overhead, crew, resumed, RunReportBuilder.this.header.percentiles()));
            if (resumed) {
                flags.add(new Flag(
                        "resumed",
                        "an iteration was interrupted and gone on with: it ramped up twice, and what was in flight then is"
                                + " missing from its rates"));
            }
            if (overhead.isEmpty()
                    && !header.simulated()
                    && calibrated(header)
                    && pooled.outcomes().succeeded() > 0) {
                flags.add(
                        new Flag(
                                "client-unmeasured",
                                "the client's own part is not known: the run was interrupted before the replay that measures it"));
            }
            Optional<ServerSummary> server =
                    Optional.ofNullable(servers.remove(header.index())).map(learnt -> learnt.build(windows));
            server.ifPresent(known -> ServerFlags.add(known, pooled, flags));
            return new TrialReport(
                    header,
                    iterations,
                    pooled,
                    stages.map(StagesBuilder::build).orElse(List.of()),
                    failures.failures(),
                    overhead,
                    reproduction.build(),
                    server,
                    crew,
                    flags);
        }
    }

    /** Whether each trial's load is replayed; it is not where nobody told. */
    private boolean calibrated(TrialHeader of) {
        return Set.of("after", "before").contains(header.client(of).calibrate());
    }

    /** The iteration that is running. */
    private record Iteration(int fork, boolean warmup, int number, SummaryBuilder summary, FailureCounts failures) {}
}
