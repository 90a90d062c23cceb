package io.inferometer.harness.process;

/** How a command ended, as its process tells it. */
public enum ExitCode {
    /** It ran, and all is well. */
    OK(0),
    /** The harness, or the workload's own code, failed. */
    FAILED(1),
    /** What was asked for can't be done; nothing was sent. */
    USAGE(2),
    /** More measured requests failed than may, or the pre-flight did. */
    TOO_MANY_FAILURES(3),
    /** The client is suspect, and that was to count. */
    SUSPECT(4),
    /** It is worse than it may be: a gate of a comparison, or a requirement of a run. */
    REGRESSION(5),
    /** Whether it is as it has to be can't be told. */
    UNCLEAR(6),
    /** Interrupted, as by Ctrl-C. */
    INTERRUPTED(130),
    /** Ended by the signal to end. */
    TERMINATED(143);

    private static final int SIGNALLED = 128;

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** {@return the exit status of the process} */
    public int status() {
        return status;
    }

    /**
     * {@return the signal that ended a process with this exit status; 0 where it ended by itself}
     *
     * @param status of the process, as the JVM tells it: 128 and the signal's number where one ended it
     */
    public static int signal(int status) {
        return Math.max(0, status - SIGNALLED);
    }
}
