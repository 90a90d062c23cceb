package io.inferometer.report.finding;

import java.util.Locale;

/** What is looked at, and why it matters. Each has its row in {@code docs/doctor.md}. */
public enum Subject {
    /** Files that this process may open. */
    DESCRIPTORS("each request in flight needs an open file, and a run that comes to the limit measures the limit"),
    /** Local ports for connections. */
    PORTS("each connection to one address needs a local port of its own"),
    /** Connections that were closed and keep their port. */
    TIME_WAIT("a port stays taken for a minute behind a connection that was closed"),
    /** Processors that this JVM may use. */
    PROCESSORS("what reads and stamps answers must not wait for what sends requests"),
    /** The quota of the control group. */
    CPU_QUOTA("a process that has used its quota up stands still, and stamps late what comes meanwhile"),
    /** What clocks the processors. */
    GOVERNOR("a processor that has clocked down is slow at what comes behind a pause, as each token does"),
    /** The source of time, and what a reading costs. */
    CLOCK("each event is stamped, and a slow clock is in each gap"),
    /** How this JVM runs code. */
    JDK("code that isn't compiled takes a multiple of the time for each event"),
    /** How far the heap may grow. */
    HEAP("a full heap stops everything to collect garbage"),
    /** What memory there is. */
    MEMORY("a process beyond its memory is ended, or swaps"),
    /** A proxy on the way. */
    PROXY("what stands between here and there is in each figure, or is not gone through at all"),
    /** How late a thread that sleeps wakes. */
    TIMER("a thread that wakes late sends and stamps late"),
    /** How much of the processors is in use. */
    BUSY("what runs beside takes the processors when answers are to be stamped"),
    /** How the name is resolved. */
    DNS("a name is resolved once, before the first request"),
    /** Which of its addresses answer. */
    ADDRESSES("a replica that is never asked is not measured, and an address that does not answer is waited for"),
    /** How long a connection takes. */
    CONNECT("the way there and back is in each ttft, and twice or more in that of a new connection"),
    /** The certificate. */
    TLS("a certificate that is not trusted ends each request"),
    /** Whether the endpoint is on this machine. */
    SAME_MACHINE("client and endpoint take each other's processors"),
    /** Whether a request succeeds. */
    ANSWER("a request of this form has to succeed before many are sent"),
    /** What the endpoint speaks. */
    PROTOCOL("what is asked in another protocol fails, or is taken for something else"),
    /** Whether tokens come one by one. */
    STREAMING("without events one by one there is no ttft, tpot or itl"),
    /** Whether tokens are counted. */
    USAGE("tokens per second are as right as the count of tokens"),
    /** Whether the limit of an answer is honoured. */
    LIMIT("an answer that goes on beyond its limit makes runs of unlike lengths"),
    /** Whether {@code ignore_eos} is. */
    IGNORE_EOS("answers that end by themselves are of lengths that no run repeats"),
    /** Whether {@code min_tokens} is. */
    MIN_TOKENS("the same, for endpoints that know no ignore_eos"),
    /** Whether connections are kept. */
    KEEP_ALIVE("each request then opens a connection, and the way there, with TLS, is in each ttft");

    private final String why;

    Subject(String why) {
        this.why = why;
    }

    /**
     * Its name, in lower case with hyphens.
     *
     * @return as in results and in {@code docs/doctor.md}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Why it matters to a number.
     *
     * @return a clause without a full stop
     */
    public String why() {
        return why;
    }
}
