package io.inferometer.benchmarks.overhead;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Times the product's start, as a user would wait for it: from the start of its process until its first request is here. */
final class StartProbe {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final byte[] NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private StartProbe() {}

    /** Starts it so many times, one after the other. */
    static RoundTrip run(String client, int times, Children children) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            millis.add(once(client, children));
        }
        Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.START, millis);
        return new RoundTrip(client, Job.wholeAnswers(1, 1, times), figures);
    }

    private static double once(String client, Children children) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("overhead");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_MILLIS);
            long start = System.nanoTime();
            Process process = children.start(
                    directory,
                    "io.inferometer.cli.Main",
                    List.of(
                            "Sample01HelloEndpoint",
                            "--base-url",
                            "http://127.0.0.1:" + server.getLocalPort(),
                            "--transport",
                            client,
                            "--no-client-warmup"));
            Thread listener = listener(process);
            try {
                awaitPost(server);
                return (System.nanoTime() - start) / 1e6;
            } finally {
                process.destroyForcibly().waitFor();
                listener.join();
            }
        } finally {
            delete(directory);
        }
    }

    /** What it prints is of no interest, but has to be read. */
    private static Thread listener(Process process) {
        Thread listener = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        while (lines.readLine() != null) {
                            // On to the next.
                        }
                    } catch (IOException e) {
                        // It was ended.
                    }
                },
                "overhead-start");
        listener.setDaemon(true);
        listener.start();
        return listener;
    }

    private static void awaitPost(ServerSocket server) throws IOException {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("POST ")) {
                        return;
                    }
                    if (line.isEmpty()) {
                        out.write(NOT_FOUND);
                        out.flush();
                    }
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
