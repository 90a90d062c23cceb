package io.inferometer.benchmarks.overhead;

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
import java.util.List;
import java.util.Set;

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
    }

    /**
     * A job that each client does.
     *
     * @param name what it is called
     * @param job what is to be done
     * @param told which figures of it are of interest
     */
    record Trip(String name, Job job, Set<Figure> told) implements Part {}

    /** How long the product takes from its start to its first request. */
    record Start(String name) implements Part {}

    /** What fits into two minutes. */
    static List<Part> some() {
        Set<Figure> launch = Set.of(Figure.LAUNCH_SKEW, Figure.TTFT_LATENESS);
        return List.of(
                new Jmh(DecodeBenchmark.class, true),
                streams(256, 3),
                new Trip("launch-1000", Job.streams(1_000, 20, 3), launch),
                whole(10_000, 3),
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
            parts.add(streams(streams, 5));
        }
        parts.add(whole(10_000, 5));
        parts.add(new Trip("streams-5000", Job.slowStreams(5_000), Set.of(Figure.RSS)));
        parts.add(new Start("start"));
        return parts;
    }

    private static Part streams(int streams, int iterations) {
        return new Trip(
                "streams-" + streams,
                Job.streams(streams, 100, iterations),
                Set.of(
                        Figure.CPU,
                        Figure.TTFT_LATENESS,
                        Figure.TTFT_P50,
                        Figure.TTFT_P99,
                        Figure.ITL_P50,
                        Figure.ITL_P99,
                        Figure.LAUNCH_SKEW));
    }

    private static Part whole(int requests, int iterations) {
        return new Trip("whole-answers", Job.wholeAnswers(64, requests, iterations), Set.of(Figure.REQUESTS));
    }
}
