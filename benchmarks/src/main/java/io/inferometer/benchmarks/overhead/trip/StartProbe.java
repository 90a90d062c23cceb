package io.inferometer.benchmarks.overhead.trip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Times the product's start, as a user would wait for it: from the start of its process until its first request is here. */
public final class StartProbe {
    private static final double NANOS_PER_MILLI = 1e6;

    private StartProbe() {}

    /** Starts it over one of its transports. */
    public static RoundTrip run(String client, Children children) throws IOException, InterruptedException {
        return new RoundTrip(client, Map.of(Figure.START, List.of(once(client, children))));
    }

    private static double once(String client, Children children) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("overhead");
        try (FirstPost endpoint = new FirstPost()) {
            long start = System.nanoTime();
            Process process = children.start(
                    directory,
                    "io.inferometer.cli.Main",
                    List.of(
                            "Sample01HelloEndpoint",
                            "--base-url",
                            endpoint.url(),
                            "--transport",
                            client,
                            "--no-client-warmup"));
            try {
                // What it prints until then fits into the pipe.
                return (endpoint.nanos() - start) / NANOS_PER_MILLI;
            } finally {
                process.destroyForcibly().waitFor();
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
