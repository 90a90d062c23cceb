package io.inferometer.benchmarks.overhead;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An endpoint that knows nothing, and is asked only to tell when the first POST came. */
final class FirstPost implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final byte[] NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Long> nanos = new CompletableFuture<>();

    /** Listens on any free port, on daemon threads. */
    FirstPost() throws IOException {
        start("overhead-accept", this::accept);
    }

    /** Its base URL. */
    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** When the first POST came, by {@link System#nanoTime}; waits for it. */
    long nanos() throws IOException, InterruptedException {
        try {
            return nanos.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no request came within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start("overhead-connection", () -> read(socket));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void read(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("POST ")) {
                    nanos.complete(System.nanoTime());
                    return;
                }
                if (line.isEmpty()) {
                    socket.getOutputStream().write(NOT_FOUND);
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
