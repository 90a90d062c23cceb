package io.inferometer.harness.fork;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Reads what a fork says on standard error, on a thread of its own. Its last line of ours is kept, for the run to say;
 * all else is passed on.
 */
final class ForkComplaints implements Runnable {
    private static final String OURS = "inferometer: ";

    private final Process process;
    private final Thread thread = new Thread(this, "inferometer-fork-errors");
    private volatile String last = "";

    private ForkComplaints(Process process) {
        this.process = process;
    }

    static ForkComplaints of(Process process) {
        ForkComplaints complaints = new ForkComplaints(process);
        complaints.thread.setDaemon(true);
        complaints.thread.start();
        return complaints;
    }

    @Override
    public void run() {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(OURS)) {
                    last = line.substring(OURS.length());
                } else {
                    System.err.println(line);
                }
            }
        } catch (IOException e) {
            // The process was ended by force while it wrote; what it said until then is known.
        }
    }

    /** The last line of ours of a process that has ended; empty for none. */
    String last() throws InterruptedException {
        thread.join();
        return last;
    }
}
