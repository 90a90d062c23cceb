package io.inferometer.report.finding;

import java.util.Locale;

/** What is looked at, and why it matters. Each has its row in {@code docs/doctor.md}. */
public enum Subject {
    DESCRIPTORS("each request in flight needs an open file, and a run that comes to the limit measures the limit"),
    PORTS("each connection to one address needs a local port of its own"),
    TIME_WAIT("a port stays taken for a minute behind a connection that was closed"),
    PROCESSORS("what reads and stamps answers must not wait for what sends requests"),
    CPU_QUOTA("a process that has used its quota up stands still, and stamps late what comes meanwhile"),
    GOVERNOR("a processor that has clocked down is slow at what comes behind a pause, as each token does"),
    CLOCK("each event is stamped, and a slow clock is in each gap"),
    JDK("code that isn't compiled takes a multiple of the time for each event"),
    HEAP("a full heap stops everything to collect garbage"),
    MEMORY("a process beyond its memory is ended, or swaps"),
    PROXY("what stands between here and there is in each figure, or is not gone through at all"),
    TIMER("a thread that wakes late sends and stamps late"),
    BUSY("what runs beside takes the processors when answers are to be stamped"),
    DNS("a name is resolved once, before the first request"),
    ADDRESSES("a replica that is never asked is not measured, and an address that does not answer is waited for"),
    CONNECT("the way there and back is in each ttft, and twice or more in that of a new connection"),
    TLS("a certificate that is not trusted ends each request"),
    SAME_MACHINE("client and endpoint take each other's processors"),
    ANSWER("a request of this form has to succeed before many are sent"),
    PROTOCOL("what is asked in another protocol fails, or is taken for something else"),
    STREAMING("without events one by one there is no ttft, tpot or itl"),
    USAGE("tokens per second are as right as the count of tokens"),
    LIMIT("an answer that goes on beyond its limit makes runs of unlike lengths"),
    IGNORE_EOS("answers that end by themselves are of lengths that no run repeats"),
    MIN_TOKENS("the same, for endpoints that know no ignore_eos"),
    KEEP_ALIVE("each request then opens a connection, and the way there, with TLS, is in each ttft");

    private final String why;

    Subject(String why) {
        this.why = why;
    }

    /** Its name, in lower case with hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why it matters to a number. */
    public String why() {
        return why;
    }
}
