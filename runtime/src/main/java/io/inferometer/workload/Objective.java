package io.inferometer.workload;

/**
 * What a request must meet to count as goodput, in milliseconds; every limit is inclusive, 0 is no limit.
 *
 * @param ttftMillis time to first token
 * @param tpotMillis time per output token; a request that has none is not judged
 * @param e2elMillis end-to-end latency
 */
public record Objective(double ttftMillis, double tpotMillis, double e2elMillis) {
    /**
     * Checks what it is given.
     *
     * @param ttftMillis as of the record
     * @param tpotMillis as of the record
     * @param e2elMillis as of the record
     */
    public Objective {
        check("ttft", ttftMillis);
        check("tpot", tpotMillis);
        check("e2el", e2elMillis);
        if (ttftMillis == 0 && tpotMillis == 0 && e2elMillis == 0) {
            throw new IllegalArgumentException("an objective needs a limit on ttft, tpot or e2el");
        }
    }

    private static void check(String name, double millis) {
        if (!(millis >= 0) || Double.isInfinite(millis)) {
            throw new IllegalArgumentException(
                    "the objective on " + name + " must be a positive number of ms, not " + millis);
        }
    }
}
