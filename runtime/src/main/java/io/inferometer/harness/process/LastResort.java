package io.inferometer.harness.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Ends the process at once, with a line, where the heap is full and the run does not end by itself. Takes no heap. */
public final class LastResort implements Runnable {
    private final byte[] line =
            ("inferometer: the client's heap was full, and the run does not end by itself: give it more,"
                            + " as in java -Xmx4g -jar; the journal has what was recorded until then\n")
                    .getBytes(StandardCharsets.UTF_8);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    @Override
    public void run() {
        try {
            err.write(line);
        } catch (IOException e) {
            // Nobody is there to be told.
        } finally {
            Runtime.getRuntime().halt(ExitCode.FAILED.status());
        }
    }
}
