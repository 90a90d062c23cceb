package io.inferometer;

import io.inferometer.cli.Main;
import io.inferometer.cli.options.OptionWords;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.batch.JobOptions;
import io.inferometer.harness.process.JdkModules;
import io.inferometer.harness.search.SearchOptions;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.ab.AbOptions;
import io.inferometer.plan.ab.AbPlan;
import io.inferometer.plan.ab.AbPlanner;
import io.inferometer.report.JobListener;
import io.inferometer.report.Report;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/**
 * The Java API: runs workloads from a program or a test.
 *
 * <pre>{@code
 * RunResult result = Inferometer.run(Options.of("Hello").baseUrl("http://localhost:8000").build());
 * assertTrue(result.outcome().ok(), result.outcome().text());
 * assertTrue(result.trial().millis(Metric.TTFT, 99) < 200);
 * }</pre>
 *
 * <p>It does what the command line does with the same options, but for what belongs to a process: it prints nothing but
 * to a file that is asked for, ends no JVM and handles no signal.
 *
 * <ul>
 *   <li>Workloads are found by {@link java.util.ServiceLoader} on the thread's context class loader; those of a test on its
 *       own class path are there too.
 *   <li>Variables are the process's own, but for those that the options give (as {@code env("OPENAI_API_KEY", key)}); keys
 *       are read from them.
 *   <li>Forks are JVMs with this one's class path and options, which find their workloads on that class path.
 *   <li>What forks and the simulated endpoint have to say, as of a JVM that failed, goes to this process's standard error.
 *   <li>On one or two processors it sets the system property {@code java.util.concurrent.ForkJoinPool.common.parallelism},
 *       unless it is set; while it runs, it is told of what no thread has caught.
 *   <li>It may be called again and again. Several runs may be on at one time, each by a thread of its own, but they are
 *       then a load beside each other's measurement.
 * </ul>
 */
public final class Inferometer {
    private Inferometer() {}

    /**
     * Runs what the options ask for, to its end.
     *
     * @param options the workload, and what the command line could say of it
     * @param reports are told what happens, by one thread at a time, never by one that reads responses; what one throws
     *     ends the run and comes out of here as it is, as a failed assertion; an {@link IOException} or an
     *     {@link UncheckedIOException} is {@link RunOutcome.Failed}
     * @return also where the run failed: the outcome says how
     * @throws UsageException if what was asked for can't be done; nothing was sent. The message is one line
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public static RunResult run(Options options, Report... reports) throws InterruptedException {
        return prepared(options, reports).toItsEnd();
    }

    /**
     * Starts what the options ask for, and returns while it runs: to end it early, or to look at it meanwhile.
     *
     * @param options as of {@link #run}
     * @param reports as of {@link #run}; what one throws comes out of {@link Run#result}
     * @return the run, which goes on
     * @throws UsageException if what was asked for can't be done; nothing was sent
     */
    public static Run start(Options options, Report... reports) {
        return prepared(options, reports).start();
    }

    /**
     * Searches the highest load under an objective, to its end.
     *
     * <pre>{@code
     * SearchResult found = Inferometer.search(SearchOptions.rate(1, 64, Options.of("Hello").slo(limits).build()));
     * assertTrue(found.search().orElseThrow().bracket().low().orElse(0) >= 20);
     * }</pre>
     *
     * @param options the range, the objective, and what the command line could say of the workload
     * @param reports as of {@link #run}
     * @return also where the search failed: the outcome says how
     * @throws UsageException if what was asked for can't be done; nothing was sent. The message is one line
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public static SearchResult search(SearchOptions options, Report... reports) throws InterruptedException {
        prepareJvm();
        return Search.run(options, reports);
    }

    /**
     * Runs a job of the Batch API, to its end.
     *
     * @param options the workload or the file, and how the job is looked at
     * @param listeners are told what happens with it, by one thread at a time
     * @return also where the job failed: the outcome says how
     * @throws UsageException if what was asked for can't be done; nothing was sent. The message is one line
     * @throws InterruptedException if the thread was interrupted; the job goes on at its endpoint, and
     *     {@link Options.Builder#resume} goes on with it
     */
    public static JobResult batchJob(JobOptions options, JobListener... listeners) throws InterruptedException {
        prepareJvm();
        return Job.run(options, listeners);
    }

    /**
     * Measures two sides in turns, a fork of each, and judges B beside A.
     *
     * <pre>{@code
     * RunResult result = Inferometer.ab(AbOptions.of(Options.of("Hello").iterations(3).build())
     *         .a(Options.of().baseUrl("http://old:8000").build())
     *         .b(Options.of().baseUrl("http://new:8000").build()));
     * assertTrue(result.outcome().ok(), result.outcome().text());
     * }</pre>
     *
     * @param options what both sides have in common, and what each has of its own
     * @param reports as of {@link #run}
     * @return its outcome is {@link RunOutcome.Unmet} where a figure of B is worse than A's, and not by chance, and {@link
     *     RunOutcome.Unclear} where that can't be told; {@link RunResult#judged} has the figures
     * @throws UsageException if what was asked for can't be done; nothing was sent
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public static RunResult ab(AbOptions options, Report... reports) throws InterruptedException {
        prepareJvm();
        return new Run(
                        options.common().variables(),
                        planner -> {
                            AbPlan ab = new AbPlanner(planner).plan(options);
                            return new Run.Asked(ab.plan(), trial -> OptionWords.of(ab.options(trial)));
                        },
                        reports)
                .toItsEnd();
    }

    /**
     * Looks at what of this machine and an endpoint stands in the way of a good number, before one is measured. The machine is
     * watched for a second; an endpoint is asked at most three requests of at most 16 tokens of answer each.
     *
     * <pre>{@code
     * Findings findings = Inferometer.doctor(Options.of().baseUrl("http://localhost:8000").model("m").build());
     * assertTrue(findings.ready(), findings.inTheWay().toString());
     * }</pre>
     *
     * @param options those of an endpoint and no others; without one a simulated endpoint is asked
     * @return what was found; {@link Finding#remedy} says what to do
     * @throws UsageException if what was asked for can't be done; nothing was sent
     * @throws InterruptedException if the thread was interrupted
     */
    public static Findings doctor(Options options) throws InterruptedException {
        prepareJvm();
        return Examination.of(options);
    }

    private static Run prepared(Options options, Report... reports) {
        prepareJvm();
        return new Run(
                options.variables(),
                planner -> new Run.Asked(planner.plan(options), trial -> OptionWords.of(options)),
                reports);
    }

    private static void prepareJvm() {
        JdkModules.complaint().ifPresent(complaint -> {
            throw new UsageException(complaint);
        });
        JdkTransport.prepareJvm();
    }

    /**
     * Runs one workload with the words of a command line, and ends the process with its exit status: for a workload's own
     * {@code main}.
     *
     * @param workload a class with {@code @Workload}
     * @param args options as of {@code run}, without the name of the workload
     */
    public static void main(Class<?> workload, String... args) {
        String name = "^" + workload.getName().replace("$", "\\$") + "$";
        Main.main(Stream.concat(Stream.of(name), Stream.of(args)).toArray(String[]::new));
    }
}
