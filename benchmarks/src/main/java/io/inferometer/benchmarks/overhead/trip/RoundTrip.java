package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Has a client do a job against an endpoint, each in a JVM of its own.
 *
 * @param client the client's name
 * @param job what it did
 * @param figures for each figure its values, one an iteration
 */
public record RoundTrip(String client, Job job, Map<Figure, List<Double>> figures) {
    /** Does it; takes as long as the job, and the start of two processes. */
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
            if (process.waitFor() != 0) {
                throw new IOException("the round trip of " + client + " failed");
            }
            return new RoundTrip(client, job, figures);
        }
    }

    private static void read(String line, Map<Figure, List<Double>> figures) {
        for (String pair : line.substring(RoundTripMain.FIGURES.length() + 1).split(" ")) {
            int equals = pair.indexOf('=');
            figures.computeIfAbsent(Figure.valueOf(pair.substring(0, equals)), figure -> new ArrayList<>())
                    .add(Double.parseDouble(pair.substring(equals + 1)));
        }
    }
}
