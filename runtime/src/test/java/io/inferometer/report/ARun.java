package io.inferometer.report;

import io.inferometer.annotations.Protocol;
import io.inferometer.instrument.Health;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.Replay;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A run for tests: a header with fixed values, and records that are told to reports. */
public final class ARun {
    private final List<TrialHeader> trials = new ArrayList<>();
    private final List<RequestRecord> records = new ArrayList<>();
    private int jdk = 25;
    private List<Double> percentiles = Plan.PERCENTILES;
    private Duration pause = Duration.ZERO;
    private String incomplete = "";
    private Optional<Health> health = Optional.empty();
    private Optional<ClientOverhead> overhead = Optional.empty();
    private boolean insecure;
    private String transport = "jdk";
    private RunHeader.Judged judged = RunHeader.Judged.NOT;
    private List<String> notes = List.of();
    private List<SettingSource> settings = List.of();

    /** A trial of a closed loop on the simulated endpoint: one warm-up iteration of 2 and one measured of 10 per slot. */
    public static ATrial trial() {
        return new ATrial();
    }

    public ARun with(ATrial trial) {
        trials.add(trial.header(trials.size()));
        return this;
    }

    public ARun with(RequestRecord record) {
        records.add(record);
        return this;
    }

    public ARun jdk(int feature) {
        jdk = feature;
        return this;
    }

    public ARun pause(Duration between) {
        pause = between;
        return this;
    }

    public ARun insecure() {
        insecure = true;
        return this;
    }

    /** What moved the bytes. */
    public ARun transport(String name) {
        transport = name;
        return this;
    }

    /** Its figures were to be judged like this. */
    public ARun judged(RunHeader.Judged how) {
        judged = how;
        return this;
    }

    /** This was given and declared. */
    public ARun settings(SettingSource... said) {
        settings = List.of(said);
        return this;
    }

    /** The plan had something to tell. */
    public ARun notes(String... lines) {
        notes = List.of(lines);
        return this;
    }

    public ARun incomplete(String reason) {
        incomplete = reason;
        return this;
    }

    /** Tables show these percentiles. */
    public ARun percentiles(Double... shown) {
        percentiles = List.of(shown);
        return this;
    }

    /** The client of every measured iteration was seen to be like this. */
    public ARun health(Health seen) {
        health = Optional.of(seen);
        return this;
    }

    /** A replay of every trial has come to this. */
    public ARun overhead(ClientOverhead measured) {
        overhead = Optional.of(measured);
        return this;
    }

    public RunHeader header() {
        return new RunHeader(
                new RunHeader.Runner(
                        "0.1.0",
                        Summary.DEFINITIONS,
                        jdk + ".0.1+8-LTS (Eclipse Adoptium, OpenJDK 64-Bit Server VM)",
                        jdk,
                        "Linux 6.1.0 amd64",
                        2,
                        Optional.empty()),
                Instant.parse("2026-11-21T12:00:00Z"),
                new RunClock("boot", OptionalLong.of(1_795_262_400_000_000_000L), OptionalLong.of(7)),
                new RunHeader.Client(true, overhead.isPresent() ? "after" : "off", transport, "", insecure),
                judged,
                percentiles,
                pause,
                "out.journal.jsonl",
                notes,
                settings,
                trials);
    }

    /** Tells a report of the run. */
    public RunReport tell(Report report) throws IOException {
        RunHeader header = header();
        RunReportBuilder builder = new RunReportBuilder(header, trial -> TokenAccounting.withoutTokenizer());
        Replay replay = new Replay(header, builder, report);
        RequestRecord last = null;
        for (RequestRecord record : records) {
            if (last != null && !sameIteration(last, record)) {
                endIteration(replay, last);
            }
            replay.add(record);
            last = record;
        }
        if (last != null && incomplete.isEmpty()) {
            endIteration(replay, last);
        }
        RunReport result = replay.end(RunEnd.told(incomplete.isEmpty(), incomplete));
        report.close();
        return result;
    }

    private static boolean sameIteration(RequestRecord one, RequestRecord other) {
        return one.trial() == other.trial()
                && one.fork() == other.fork()
                && one.warmup() == other.warmup()
                && one.iteration() == other.iteration();
    }

    private void endIteration(Replay replay, RequestRecord last) throws IOException {
        replay.iterationEnded(last.warmup() ? Optional.empty() : health);
        overhead.ifPresent(measured -> replay.clientOverhead(last.trial(), measured));
    }

    /** The result of the run. */
    public RunReport report() throws IOException {
        return tell(new Report() {});
    }

    /** What the console says of the run. */
    public String console(Verbosity verbosity) throws IOException {
        return console(verbosity, Page.USUAL_WIDTH);
    }

    /** What a console of that width says of the run. */
    public String console(Verbosity verbosity, int width) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        tell(new ConsoleReport(new Screen(text, false, new Page(width)), verbosity, List.of()));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Writes results of the run, and returns what could not be written. */
    public List<String> write(boolean force, boolean detailed, ResultFile... files) throws IOException {
        ConsoleReport silent = new ConsoleReport(
                Screen.of(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
                Verbosity.SILENT,
                List.of());
        Reports reports = new Reports(List.of(silent), new ResultFiles(List.of(files), header(), force, detailed));
        tell(reports);
        return reports.problems();
    }

    /** Makes headers of trials. */
    public static final class ATrial {
        private final Map<String, String> params = new LinkedHashMap<>();
        private Load load = new Load.Closed(4);
        private Iterations measurement = Iterations.ofRequestsPerSlot(1, 10);
        private String endpoint = "sim:metronome?ttft=50&itl=10";
        private String workload = "Hello";
        private String model = "made-up-7b";
        private Optional<Objective> objective = Optional.empty();
        private int gpus;
        private Forks forks = Forks.NONE;
        private Optional<Boolean> streaming = Optional.empty();
        private Optional<TrialHeader.Side> side = Optional.empty();
        private Protocol protocol = Protocol.CHAT;

        public ATrial param(String name, String value) {
            params.put(name, value);
            return this;
        }

        public ATrial load(Load kind) {
            load = kind;
            return this;
        }

        public ATrial measurement(Iterations iterations) {
            measurement = iterations;
            return this;
        }

        public ATrial endpoint(String url) {
            endpoint = url;
            return this;
        }

        public ATrial workload(String name) {
            workload = name;
            return this;
        }

        public ATrial model(String name) {
            model = name;
            return this;
        }

        public ATrial objective(Objective limits) {
            objective = Optional.of(limits);
            return this;
        }

        public ATrial gpus(int number) {
            gpus = number;
            return this;
        }

        public ATrial forks(int number) {
            forks = Forks.NONE.times(number);
            return this;
        }

        public ATrial streaming(boolean on) {
            streaming = Optional.of(on);
            return this;
        }

        /** It is one of a side, over this transport. */
        public ATrial side(Trial.Letter letter, String transport) {
            side = Optional.of(new TrialHeader.Side(letter, new RunHeader.Client(true, "off", transport, "", false)));
            return this;
        }

        public ATrial protocol(Protocol other) {
            protocol = other;
            return this;
        }

        public TrialHeader header(int index) {
            boolean simulated = endpoint.startsWith("sim:");
            return new TrialHeader(
                    index,
                    0,
                    new TrialHeader.Work(workload, "example." + workload, "a first request", params),
                    new Trial.Schedule(load, Iterations.ofRequestsPerSlot(1, 2), measurement),
                    new TrialHeader.Endpoint(
                            endpoint, simulated, simulated ? "" : "EXAMPLE_API_KEY", !simulated, Optional.of(protocol)),
                    new TrialHeader.EveryRequest(model, streaming, "", "", List.of(), Duration.ofMinutes(10)),
                    new Trial.Figures("o200k_base", objective, gpus),
                    forks,
                    new Trial.Drawing(1, false),
                    side);
        }
    }
}
