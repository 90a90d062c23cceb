package io.inferometer.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A simulated endpoint in a JVM of its own, so that it shares neither heap nor threads with the client that measures.
 *
 * <p>The child runs on this JVM's {@code java.home} with its classes. It ends when its standard input does,
 * which is when this process ends, however it ends. What it says on standard error after it has started is passed on to
 * this process's.
 *
 * <p>Thread-safe. One daemon thread reads the child's standard error.
 */
public final class SimulatorProcess implements AutoCloseable {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int JDK_THAT_WARNS = 24;
    private static final Duration START = Duration.ofSeconds(60);
    private static final int END_SECONDS = 3;
    private static final int MAX_COMPLAINT = 4096;

    private final Process process;
    private final String url;

    private SimulatorProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts an endpoint on any free port of the loopback interface, and returns when it is ready.
     *
     * @throws IOException if it does not start; the message is one line that says why
     */
    public static SimulatorProcess start(Profile profile) throws IOException {
        return start(List.of(profile.toString()));
    }

    /**
     * The same, whose connections are encrypted, under a certificate that nobody has signed.
     *
     * @throws IOException if it does not start; the message is one line that says why
     */
    public static SimulatorProcess startEncrypted(Profile profile) throws IOException {
        return start(List.of(profile.toString(), "0", SimulatorMain.TLS));
    }

    static SimulatorProcess start(List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        // Options meant for this JVM: agents, debuggers, a heap of its size.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        Complaints complaints = new Complaints(process);
        String url;
        try {
            url = awaitUrl(process, START);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        if (url == null) {
            throw new IOException("the simulated endpoint did not start: " + complaints.all());
        }
        complaints.passOn();
        return new SimulatorProcess(process, url);
    }

    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(deafToInterrupts());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Little is garbage, so the simplest collector does. Its best code is no faster, as most of the work is the
        // system's, but making it would take processor time from the client that is measured.
        // Without a network Netty has a word to say about the identity that it looks for and nobody needs.
        command.add("-Dio.netty.machineId=00:00:00:00:00:00:00:00");
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= JDK_THAT_WARNS) {
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        command.addAll(OwnClasses.wordsFor(SimulatorMain.class));
        command.addAll(arguments);
        return command;
    }

    /**
     * A terminal sends its interrupt to the child as well, and the parent wants to see its requests end: a shell starts
     * the child with the signal ignored, which a JVM leaves as it is.
     */
    private static List<String> deafToInterrupts() {
        return Files.isExecutable(SHELL)
                ? List.of(SHELL.toString(), "-c", "trap '' INT; exec \"$@\"", "sim")
                : List.of();
    }

    /**
     * The URL at the end of the ready line, or null if the child ends before it has said so.
     *
     * @throws IOException if it has not said so in time; it is ended
     */
    static String awaitUrl(Process process, Duration atMost) throws IOException {
        CompletableFuture<Void> patience =
                new CompletableFuture<Void>().completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS);
        patience.thenRun(process::destroyForcibly);
        String line = process.inputReader().readLine();
        if (line == null && !patience.cancel(false)) {
            throw new IOException("the simulated endpoint was not ready within " + atMost.toSeconds()
                    + " s: look what else this machine is busy with");
        }
        patience.cancel(false);
        return line == null ? null : line.substring(line.lastIndexOf(' ') + 1);
    }

    /** The endpoint's base URL, without a path. */
    public String url() {
        return url;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends the child, and returns when it has ended. */
    @Override
    public void close() {
        try {
            process.getOutputStream().write(SimulatorMain.END);
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // its input can't be ended, perhaps because it has ended itself
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What the child says on standard error: kept until it has started, passed on from then on. */
    private static final class Complaints {
        private final Process process;
        private final ErrorLines lines;
        private final StringBuilder kept = new StringBuilder();
        private boolean started;

        private Complaints(Process process) {
            this.process = process;
            lines = new ErrorLines(process, "sim-errors", this::take);
        }

        private synchronized void take(String line) {
            if (started) {
                System.err.println(line);
            } else if (kept.length() < MAX_COMPLAINT) {
                kept.append(kept.isEmpty() ? "" : "; ").append(line.strip());
            }
        }

        synchronized void passOn() {
            started = true;
            if (!kept.isEmpty()) {
                System.err.println(kept);
            }
        }

        /**
         * What a child has said that is ending, in one line. It is not hurried: with a child that is ended by force goes what it
         * has said and nobody has read.
         */
        String all() throws IOException {
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                int status = process.waitFor();
                lines.awaitEnd();
                return kept.isEmpty() ? "it ended with status " + status : kept.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the simulated endpoint was starting");
            }
        }
    }
}
