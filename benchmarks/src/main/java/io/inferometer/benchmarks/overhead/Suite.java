package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Children;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import io.inferometer.benchmarks.overhead.trip.StartProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the forks of parts, one after the other. Within a part the clients take turns, and the turn is reversed each time (A
 * B C C B A …), so that what drifts on the machine falls on all of them. For one thread.
 */
final class Suite {
    private static final int JDK_WITH_THE_OPTION = 23;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Step> steps;
    private final int forks;
    private final Children children;
    private final Results results;
    private final Consumer<String> progress;

    /**
     * @param forks of each client
     * @param children the processes that it starts
     * @param results where what is measured goes
     * @param progress told what is about to be done, and what failed
     */
    Suite(List<Part> parts, int forks, Children children, Results results, Consumer<String> progress) {
        this.steps = parts.stream().flatMap(part -> steps(part, forks).stream()).toList();
        this.forks = forks;
        this.children = children;
        this.results = results;
        this.progress = progress;
    }

    /** One fork of one client. */
    record Step(Part part, String client, int fork) {
        @Override
        public String toString() {
            return part.name() + ", " + (client.equals(Row.ANY) ? "by JMH" : client) + ", fork " + fork;
        }
    }

    /** The forks of a part, in their order. */
    static List<Step> steps(Part part, int forks) {
        List<Step> steps = new ArrayList<>();
        for (int fork = 1; fork <= forks; fork++) {
            List<String> turn = new ArrayList<>(part.clients());
            if (fork % 2 == 0) {
                Collections.reverse(turn);
            }
            for (String client : turn) {
                steps.add(new Step(part, client, fork));
            }
        }
        return steps;
    }

    /** How many forks there are in all. */
    int size() {
        return steps.size();
    }

    /** Runs all of it. A fork that fails is told of, and the others go on. */
    void run() throws InterruptedException {
        Estimate estimate =
                new Estimate(steps.stream().map(step -> step.part().seconds()).toList());
        int number = 0;
        for (Step step : steps) {
            number++;
            progress.accept("[" + number + "/" + steps.size() + "] " + step + " of " + forks + "; " + estimate.words());
            long start = System.nanoTime();
            try {
                run(step);
            } catch (IOException e) {
                // A terminal's interrupt ends the child too, and may reach it first: then this JVM is about to end.
                TimeUnit.SECONDS.sleep(1);
                results.failed(step + ": " + e.getMessage());
                progress.accept("failed: " + step + ": " + e.getMessage());
            }
            estimate.ended(step.part().seconds(), (System.nanoTime() - start) / NANOS_PER_SECOND);
        }
    }

    private void run(Step step) throws IOException, InterruptedException {
        if (step.part() instanceof Part.Jmh jmh) {
            benchmark(jmh, step.fork());
        } else if (step.part() instanceof Part.Trip trip) {
            results.add(trip, RoundTrip.run(step.client(), trip.job(), children), step.fork());
        } else if (step.part() instanceof Part.Start start) {
            results.add(start, StartProbe.run(step.client(), children), step.fork());
        }
    }

    private void benchmark(Part.Jmh part, int fork) throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(part.type().getName()) + "\\.")
                .forks(1)
                // The options that ship, which are none, whatever this JVM was started with.
                .jvmArgs()
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (part.alike()) {
            options.param("alike", "true").param("protocol", "CHAT");
        }
        if (Runtime.version().feature() >= JDK_WITH_THE_OPTION) {
            options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
        }
        try {
            new Runner(options.build()).run().forEach(result -> results.add(part, result, fork));
        } catch (RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }
}
