package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Client;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.Job;
import io.inferometer.benchmarks.part.ArrivalBenchmark;
import io.inferometer.benchmarks.part.RequestBenchmark;
import io.inferometer.benchmarks.part.SummaryBenchmark;
import io.inferometer.endpoint.protocol.DecodeBenchmark;
import io.inferometer.endpoint.protocol.ScanBenchmark;
import io.inferometer.endpoint.protocol.SseBenchmark;
import io.inferometer.record.journal.JournalBenchmark;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One part of the suite; a command line chooses parts by their names. */
sealed interface Part {
    /** Its name. */
    String name();

    /**
     * A JMH benchmark of a part of the client.
     *
     * @param type its class
     * @param alike whether only the events of one layout, and of chat, are of interest
     */
    record Jmh(Class<?> type, boolean alike) implements Part {
        @Override
        public String name() {
            return type.getSimpleName();
        }

        @Override
        public double seconds() {
            return alike ? 8 : 20;
        }

        @Override
        public List<String> clients() {
            return List.of(Row.ANY);
        }
    }

    /**
     * A job that each client does.
     *
     * @param name what it is called
     * @param job what is to be done
     * @param told which figures of it are of interest
     * @param clients who does it
     */
    record Trip(String name, Job job, Set<Figure> told, List<String> clients) implements Part {
        /** A job of the bare loop, and of the product over each of its transports. */
        Trip(String name, Job job, Set<Figure> told) {
            this(
                    name,
                    job,
                    told,
                    Stream.concat(Stream.of(Client.BARE), Client.TRANSPORTS.stream())
                            .toList());
        }

        @Override
        public double seconds() {
            return job.seconds();
        }
    }

    /** How long the product takes from its start to its first request. */
    record Start(String name) implements Part {
        @Override
        public double seconds() {
            return 1;
        }

        @Override
        public List<String> clients() {
            return Client.TRANSPORTS;
        }
    }

    /** About how long one fork of it takes, in seconds, on a machine that does nothing else. */
    double seconds();

    /** The clients that do it, each in forks of its own. */
    List<String> clients();

    /** What takes about five minutes. */
    static List<Part> some() {
        Set<Figure> launch = told(Figure.LAUNCH_SKEW, Figure.TTFT_LATENESS);
        return List.of(
                new Jmh(DecodeBenchmark.class, true),
                streams(256, 2),
                new Trip("launch-1000", Job.streams(1_000, 20, 2), launch),
                whole(10_000, 2),
                live(2),
                new Start("start"));
    }

    /** All of it. */
    static List<Part> all() {
        List<Part> parts = new ArrayList<>();
        for (Class<?> type : List.of(
                DecodeBenchmark.class,
                SseBenchmark.class,
                ScanBenchmark.class,
                RequestBenchmark.class,
                ArrivalBenchmark.class,
                SummaryBenchmark.class,
                JournalBenchmark.class)) {
            parts.add(new Jmh(type, false));
        }
        for (int streams : new int[] {1, 10, 100, 256, 500, 1_000}) {
            parts.add(streams(streams, 3));
        }
        parts.add(whole(10_000, 3));
        parts.add(live(3));
        parts.add(new Trip("streams-5000", Job.slowStreams(5_000), told(Figure.RSS)));
        parts.add(new Start("start"));
        return parts;
    }

    /** Some figures, and how the sending went, which is told of every job. */
    private static Set<Figure> told(Figure... some) {
        Set<Figure> told = EnumSet.of(Figure.SEND_P99, Figure.FAILED, Figure.UNSENT);
        told.addAll(List.of(some));
        return told;
    }

    private static Part streams(int streams, int iterations) {
        return new Trip(
                "streams-" + streams,
                Job.streams(streams, 100, iterations),
                told(
                        Figure.CPU,
                        Figure.TTFT_LATENESS,
                        Figure.TTFT_P50,
                        Figure.TTFT_P99,
                        Figure.ITL_P50,
                        Figure.ITL_P99,
                        Figure.LAUNCH_SKEW));
    }

    /** Whole runs, without the page that shows one while it goes on and with it. */
    private static Part live(int iterations) {
        return new Trip(
                "live-256",
                Job.streams(256, 500, iterations),
                told(Figure.CPU, Figure.TTFT_P50, Figure.TTFT_P99, Figure.ITL_P50, Figure.ITL_P99),
                Client.RUNS);
    }

    private static Part whole(int requests, int iterations) {
        return new Trip("whole-answers", Job.wholeAnswers(64, requests, iterations), told(Figure.REQUESTS));
    }
}
