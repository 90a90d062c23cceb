package io.inferometer.record.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Looks from another process whether a journal is written: a process is not told by the system of its own locks. */
public final class WriterProbe {
    private WriterProbe() {}

    public static boolean written(Path journal) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProbe.class.getName(),
                        journal.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!said.matches("true|false")) {
            throw new IOException("the probe said " + said);
        }
        return Boolean.parseBoolean(said);
    }

    public static void main(String[] args) throws Exception {
        System.out.print(!Journal.awaitWriter(Path.of(args[0]), Duration.ZERO));
    }
}
