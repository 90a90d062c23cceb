package io.inferometer.harness.trial;

import io.inferometer.record.Outcome;

/** The endpoint of a trial can't be measured as it was asked to be: nothing of the trial was sent but the pre-flight. */
public final class PreFlightException extends HarnessException {
    private static final long serialVersionUID = 1L;

    private final int trial;
    private final Outcome outcome;
    private final int status;
    private final boolean loading;
    private final boolean remedied;

    /**
     * @param trial the number of the first trial that would have asked like that
     * @param workload the name of its workload
     * @param status the response's status, 0 where none came
     * @param loading whether it may be well in a while
     * @param message what went wrong, with the endpoint's own message
     */
    public PreFlightException(
            int trial, String workload, Outcome outcome, int status, boolean loading, String message) {
        super("the pre-flight of " + workload + " failed: " + message);
        this.trial = trial;
        this.outcome = outcome;
        this.status = status;
        this.loading = loading;
        remedied = false;
    }

    /** What a fork has told of its pre-flight, with the remedy. */
    public PreFlightException(int trial, String told) {
        super(told);
        this.trial = trial;
        outcome = Outcome.CANCELLED;
        status = 0;
        loading = false;
        remedied = true;
    }

    /** Whether the message says what to do. */
    public boolean remedied() {
        return remedied;
    }

    /** The number of the first trial that would have asked like that. */
    public int trial() {
        return trial;
    }

    /** How the pre-flight ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** The response's status, 0 where none came. */
    public int status() {
        return status;
    }

    /** Whether the endpoint may be well in a while. */
    public boolean loading() {
        return loading;
    }
}
