package io.inferometer.cli;

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
    SUSPECT(4);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The exit status of the process. */
    public int status() {
        return status;
    }
}
