package io.inferometer.harness.member;

import io.inferometer.simulator.ErrorLines;

/** What a fork says on standard error. Its last line of ours is kept, for the run to say; all else is passed on. */
final class ForkComplaints {
    private static final String OURS = "inferometer: ";

    private final ErrorLines lines;
    private volatile String last = "";

    ForkComplaints(Process process) {
        lines = new ErrorLines(process, "inferometer-fork-errors", this::take);
    }

    private void take(String line) {
        if (line.startsWith(OURS)) {
            last = line.substring(OURS.length());
        } else {
            System.err.println(line);
        }
    }

    /** The last line of ours of a process that has ended; empty for none. */
    String last() throws InterruptedException {
        lines.awaitEnd();
        return last;
    }
}
