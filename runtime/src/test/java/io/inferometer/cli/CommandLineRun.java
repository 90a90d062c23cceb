package io.inferometer.cli;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.harness.TokenCounting;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.instrument.Health;
import io.inferometer.plan.Plan;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.journal.Replay;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line in this process, with workloads, an environment and a harness of a test's own. */
public final class CommandLineRun {
    /** What is told is looked for, not how it is laid out. */
    private static final String WIDE = "160";

    static final WorkloadDescriptor HELLO = WorkloadDescriptor.of("Hello", "demo.Hello")
            .description("says hello")
            .main()
            .endpoint("http://127.0.0.1:1")
            .apiKey("Bearer", "HELLO_KEY")
            .model("m")
            .load(new Load.Closed(4))
            .measurement(Iterations.ofRequestsPerSlot(1, 10))
            .param("isl", new ParamType.Int(), "ISL", "128", "1024")
            .param("name", new ParamType.Text(), "", "world")
            .env("HELLO_URL", Setting.BASE_URL)
            .env("CONC", Setting.CONCURRENCY)
            .build();

    static final WorkloadDescriptor OTHER = WorkloadDescriptor.of("Longer.Nested", "demo.Longer$Nested")
            .endpoint("sim:metronome")
            .load(new Load.Closed(1))
            .measurement(Iterations.ofRequests(1, 2))
            .results(ResultFormat.SUMMARY, "nested.json")
            .build();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Subcommand> others = new ArrayList<>();
    private List<WorkloadBinding<?>> workloads = List.of(new FakeBinding(OTHER), new FakeBinding(HELLO));
    private List<RequestRecord> requests = List.of(Requests.success(0));
    private Exception failure;
    private RunEnd end = RunEnd.COMPLETE;
    private Optional<Health> health = Optional.empty();
    public Plan plan;

    /** The workload there is, asked turn by turn. */
    CommandLineRun inSessions(WorkloadDescriptor descriptor) {
        workloads = List.of(new FakeBinding(descriptor, true));
        return this;
    }

    CommandLineRun workloads(WorkloadDescriptor... descriptors) {
        workloads = new ArrayList<>();
        for (WorkloadDescriptor descriptor : descriptors) {
            workloads.add(new FakeBinding(descriptor));
        }
        return this;
    }

    public CommandLineRun env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandLineRun with(Subcommand subcommand) {
        others.add(subcommand);
        return this;
    }

    /** Lets the run have these requests. */
    CommandLineRun requests(RequestRecord... records) {
        requests = List.of(records);
        return this;
    }

    /** Lets the run's client be like this. */
    CommandLineRun health(Health seen) {
        health = Optional.of(seen);
        return this;
    }

    /** Lets the run end early. */
    CommandLineRun incomplete(RunEnd early) {
        end = early;
        return this;
    }

    /** Lets the run fail. */
    CommandLineRun failing(Exception exception) {
        failure = exception;
        return this;
    }

    /** Runs a command line and returns the exit status. */
    public int run(String... args) {
        CommandContext context = new CommandContext(
                Providers.of(workloads),
                name -> environment.getOrDefault(name, name.equals("COLUMNS") ? WIDE : null),
                Clock.fixed(Instant.parse("2026-11-21T10:11:12Z"), ZoneOffset.UTC),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Main(context, (planned, report, forked) -> launch(planned, report), others).run(args);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private RunReport launch(Plan planned, Report report) throws HarnessException, IOException, InterruptedException {
        plan = planned;
        try (report) {
            if (failure instanceof HarnessException e) {
                throw e;
            } else if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof InterruptedException e) {
                throw e;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            }
            RunHeader header = RunHeader.of(planned);
            Replay replay = new Replay(header, new RunReportBuilder(header, TokenCounting::of), report);
            for (RequestRecord request : requests) {
                replay.add(request);
            }
            replay.iterationEnded(health);
            return replay.end(end);
        }
    }
}
