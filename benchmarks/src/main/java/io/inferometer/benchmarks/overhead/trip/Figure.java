package io.inferometer.benchmarks.overhead.trip;

/** What a round trip measures of a client. */
public enum Figure {
    CPU("CPU per event", "µs", "processor time of the client's process in an iteration / events that came in it"),
    TTFT_LATENESS(
            "mean ttft lateness from released",
            "ms",
            "mean of (first event − released) less the metronome's ttft: all that is late, the endpoint's own too"),
    TTFT_P50("client overhead of ttft, p50", "µs", Definitions.TTFT),
    TTFT_P99("client overhead of ttft, p99", "µs", Definitions.TTFT),
    ITL_P50("client overhead of itl, p50", "µs", Definitions.ITL),
    ITL_P99("client overhead of itl, p99", "µs", Definitions.ITL),
    LAUNCH_SKEW("first to last sent", "ms", "last sent − first sent of an iteration's requests"),
    SEND_P99("sent after released, p99", "ms", "p99 of (sent − released) of all requests sent, failed ones too"),
    REQUESTS("requests per second and core", "1/s", "answers that succeeded / processor time of the client's process"),
    RSS("memory of the process", "MB", "the most that the client's process had resident so far"),
    START("start to first request sent", "ms", "from the start of java until the endpoint has read a POST's head"),
    FAILED("requests failed", "", "requests that were sent and did not succeed, of all measured iterations", true),
    UNSENT("requests not sent", "", "requests that were due and never sent, of all measured iterations", true);

    private final String label;
    private final String unit;
    private final String definition;
    private final boolean count;

    Figure(String label, String unit, String definition) {
        this(label, unit, definition, false);
    }

    Figure(String label, String unit, String definition, boolean count) {
        this.label = label;
        this.unit = unit;
        this.definition = definition;
        this.count = count;
    }

    /** What it is, in a few words. */
    public String label() {
        return label;
    }

    /** Its unit; empty where it has none. */
    public String unit() {
        return unit;
    }

    /** How it is made. */
    public String definition() {
        return definition;
    }

    /** Whether it is a number of requests, which are added up; of the others there is a median. */
    public boolean count() {
        return count;
    }

    /** Definitions that several have. */
    private static final class Definitions {
        private static final String TTFT =
                "(first event − sent) by the client's clock − (first write − request read) by the endpoint's";
        private static final String ITL =
                "gap between two events by the client's clock − the same gap by the endpoint's";
    }
}
