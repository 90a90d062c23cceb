package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import io.inferometer.stats.Percentiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A client's job against an endpoint, each in a JVM of its own.
 *
 * @param client the client's name
 * @param figures for each figure its values, one an iteration
 */
public record RoundTrip(String client, Map<Figure, List<Double>> figures) {
    /** Has the client do it; takes as long as the job, and the start of two processes. */
    public static RoundTrip run(String client, Job job, Children children) throws IOException, InterruptedException {
        try (SimulatorProcess endpoint = SimulatorProcess.start(Profile.parse(job.profile()))) {
            List<String> arguments = new ArrayList<>(List.of(client, endpoint.url()));
            arguments.addAll(job.arguments());
            Process process = children.start(Path.of("."), RoundTripMain.class.getName(), arguments);
            Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(RoundTripMain.FIGURES + " ")) {
                        read(line, figures);
                    }
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("the client's process ended with " + status);
            }
            return new RoundTrip(client, figures);
        }
    }

    /** The median of the iterations, or their sum for a {@link Figure#count}; empty where no iteration has the figure. */
    public OptionalDouble value(Figure figure) {
        double[] values = figures.getOrDefault(figure, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(figure.count() ? Arrays.stream(values).sum() : Percentiles.linear(values, 50));
    }

    private static void read(String line, Map<Figure, List<Double>> figures) {
        for (String pair : line.substring(RoundTripMain.FIGURES.length() + 1).split(" ")) {
            int equals = pair.indexOf('=');
            figures.computeIfAbsent(Figure.valueOf(pair.substring(0, equals)), figure -> new ArrayList<>())
                    .add(Double.parseDouble(pair.substring(equals + 1)));
        }
    }
}
