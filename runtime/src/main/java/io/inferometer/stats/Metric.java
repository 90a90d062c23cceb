package io.inferometer.stats;

/** What is measured of a request. All are times in nanoseconds; only successful requests have them. */
public enum Metric {
    /** From {@code sent} to the first token-bearing event. */
    TTFT("ttft", true),
    /** From {@code sent} to the first event with visible text. */
    TTFVT("ttfvt", true),
    /** From the first to the last token-bearing event, for each token after those of the first event. */
    TPOT("tpot", true),
    /** Each gap between two consecutive token-bearing events; the gaps of all requests are pooled. */
    ITL("itl", false),
    /** From {@code sent} to the last token-bearing event; to the end of the body where nothing was streamed. */
    E2EL("e2el", true),
    /** From {@code scheduled} to the first token-bearing event: what a user of an open loop waits. */
    TTFT_FROM_SCHEDULE("ttftFromSchedule", true),
    /** From {@code scheduled} to the last token-bearing event: what a user of an open loop waits. */
    E2EL_FROM_SCHEDULE("e2elFromSchedule", true),
    /**
     * From {@code released} to {@code sent}, less connect and TLS where they fell between and are known: what the client's
     * own stack took before the wire.
     */
    CLIENT_DISPATCH("clientDispatch", false),
    /** From {@code scheduled} to {@code released}. In a closed loop it is turnaround, not coordinated omission. */
    SCHEDULE_DELAY("scheduleDelay", false),
    /** What opening a connection took; only of requests that had to wait for one. */
    CONNECT("connect", false),
    /** What agreeing on its encryption took; only of requests that had to wait for it. */
    TLS("tls", false);

    private final String label;
    private final boolean endpointLatency;

    Metric(String label, boolean endpointLatency) {
        this.label = label;
        this.endpointLatency = endpointLatency;
    }

    /** {@return the name in reports} */
    public String label() {
        return label;
    }

    /**
     * {@return whether it is one latency for each request, so that a request that failed can be counted as an infinite one}
     */
    public boolean endpointLatency() {
        return endpointLatency;
    }

    /** Whether how long a request has run tells something of it, so that one that was cut off can be counted. */
    boolean knownByAge() {
        return endsWithFirstToken() || this == E2EL || this == E2EL_FROM_SCHEDULE;
    }

    boolean endsWithFirstToken() {
        return this == TTFT || this == TTFT_FROM_SCHEDULE;
    }

    boolean fromSchedule() {
        return this == TTFT_FROM_SCHEDULE || this == E2EL_FROM_SCHEDULE;
    }
}
