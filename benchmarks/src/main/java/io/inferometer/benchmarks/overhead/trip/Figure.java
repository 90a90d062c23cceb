package io.inferometer.benchmarks.overhead.trip;

/** What a round trip measures of a client. */
public enum Figure {
    CPU("CPU per event", "µs"),
    TTFT_LATENESS("mean ttft lateness from released", "ms"),
    TTFT_P50("client overhead of ttft, p50", "µs"),
    TTFT_P99("client overhead of ttft, p99", "µs"),
    ITL_P50("client overhead of itl, p50", "µs"),
    ITL_P99("client overhead of itl, p99", "µs"),
    LAUNCH_SKEW("first to last sent", "ms"),
    REQUESTS("requests per second and core", "1/s"),
    RSS("memory of the process", "MB"),
    START("start to first request sent", "ms");

    private final String label;
    private final String unit;

    Figure(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** What it is, in words. */
    public String label() {
        return label;
    }

    /** Its unit. */
    public String unit() {
        return unit;
    }
}
