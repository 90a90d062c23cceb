package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Children;
import io.inferometer.benchmarks.overhead.trip.Client;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import io.inferometer.benchmarks.overhead.trip.StartProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs parts of the suite, one after the other, and collects their table and their results. For one thread. */
final class Suite {
    private static final int JDK_WITH_THE_OPTION = 23;
    private static final int STARTS = 3;

    private final Children children;
    private final Consumer<String> progress;
    private final OverheadTable table = new OverheadTable();
    private final List<RunResult> results = new ArrayList<>();

    /**
     * @param children the processes that it starts
     * @param progress told what is about to be done
     */
    Suite(Children children, Consumer<String> progress) {
        this.children = children;
        this.progress = progress;
    }

    /** Runs a part. */
    void run(Part part) throws IOException, InterruptedException {
        if (part instanceof Part.Jmh jmh) {
            benchmark(jmh);
        } else if (part instanceof Part.Trip trip) {
            roundTrips(trip);
        } else {
            start(part);
        }
    }

    private void benchmark(Part.Jmh part) throws IOException {
        progress.accept(part.name() + ", by JMH");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(part.type().getName()) + "\\.")
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5)
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
        Collection<RunResult> run;
        try {
            run = new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IOException("JMH can't run " + part.name() + ": " + e.getMessage(), e);
        }
        run.forEach(table::add);
        results.addAll(run);
    }

    private void roundTrips(Part.Trip part) throws IOException, InterruptedException {
        List<RoundTrip> trips = new ArrayList<>();
        for (String client : Client.NAMES) {
            progress.accept(part.name() + ", " + client);
            RoundTrip trip = RoundTrip.run(client, part.job(), children);
            trips.add(trip);
            results.addAll(JmhRows.of(part, trip));
        }
        table.add(part.name(), trips, part.told());
    }

    private void start(Part part) throws IOException, InterruptedException {
        List<RoundTrip> trips = new ArrayList<>();
        for (String client : Client.NAMES.subList(1, Client.NAMES.size())) {
            progress.accept(part.name() + ", " + client);
            RoundTrip trip = StartProbe.run(client, STARTS, children);
            trips.add(trip);
            results.add(JmhRows.row(part.name(), trip, Figure.START));
        }
        table.add(part.name(), trips, Set.of(Figure.START));
    }

    /** The table of what was run so far. */
    OverheadTable table() {
        return table;
    }

    /** All results so far, as JMH's. */
    List<RunResult> results() {
        return results;
    }
}
