package io.inferometer.report;

import io.inferometer.record.IterationSpan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a journal's lines say of a member of a run: the words, and the fields of each. */
public final class MemberLines {
    /** It is ready to start something together with the others; in its own journal alone. */
    public static final String READY = "ready";

    /** It works; in its own journal alone. */
    public static final String BEAT = "beat";

    /** It has started an iteration together with the others. */
    public static final String START = "start";

    /** How its client was during a measured iteration that it has ended. */
    public static final String HEALTH = "health";

    /** It has ended its share of a fork, or is lost. */
    public static final String END = "end";

    static final String FORK = "fork";
    static final String NUMBER = "member";
    static final String NAME = "name";
    static final String WARMUP = "warmup";
    static final String AGREED = "agreedNanos";
    static final String STARTED = "startNanos";
    static final String HERE = "here";
    static final String LOST = "lost";
    static final String OFFSET = "clockOffsetNanos";
    static final String BOUND = "clockBoundNanos";

    private MemberLines() {}

    /**
     * {@return the line that it has started an iteration}
     *
     * @param member its number, from 0
     * @param span which iteration
     * @param agreedNanos when it was to, as the times of records are
     * @param nanos when it did
     */
    public static Map<String, Object> start(int member, IterationSpan span, long agreedNanos, long nanos) {
        Map<String, Object> fields = of(span, member);
        fields.put(AGREED, agreedNanos);
        fields.put(STARTED, nanos);
        return fields;
    }

    /**
     * {@return the line of how its client was during an iteration}
     *
     * @param member its number, from 0
     * @param span which iteration
     * @param health as {@link io.inferometer.instrument.Health#toMap} makes it
     * @param here whether it is on the machine of the run
     */
    public static Map<String, Object> health(int member, IterationSpan span, Map<String, Object> health, boolean here) {
        Map<String, Object> fields = of(span, member);
        fields.put(HEALTH, health);
        fields.put(HERE, here);
        return fields;
    }

    /**
     * {@return the line that it has ended its share of a fork}
     *
     * @param trial its number in the run, from 0
     * @param fork from 0
     * @param member its number, from 0
     * @param lost why it is lost; empty where it is not
     */
    public static Map<String, Object> end(int trial, int fork, int member, Optional<String> lost) {
        Map<String, Object> fields = of(trial, fork, member);
        lost.ifPresent(why -> fields.put(LOST, why));
        return fields;
    }

    /**
     * Adds how its clock compares with the run's.
     *
     * @param fields what the member tells; the comparison is added to it
     * @param offsetNanos how far its clock is ahead of the run's
     * @param boundNanos how far off that may be
     */
    public static void clock(Map<String, Object> fields, long offsetNanos, long boundNanos) {
        fields.put(OFFSET, offsetNanos);
        fields.put(BOUND, boundNanos);
    }

    /**
     * Adds what it is called.
     *
     * @param fields what the member tells; the name is added to it
     * @param name of whom a reader knows it
     */
    public static void name(Map<String, Object> fields, String name) {
        fields.put(NAME, name);
    }

    /**
     * {@return which member it is of}
     *
     * @param trial its number in the run, from 0
     * @param fork from 0
     * @param member its number, from 0
     */
    public static Map<String, Object> of(int trial, int fork, int member) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trial", trial);
        fields.put(FORK, fork);
        fields.put(NUMBER, member);
        return fields;
    }

    private static Map<String, Object> of(IterationSpan span, int member) {
        Map<String, Object> fields = of(span.trial(), span.fork(), member);
        fields.put(WARMUP, span.warmup());
        fields.put("iteration", span.iteration());
        return fields;
    }
}
