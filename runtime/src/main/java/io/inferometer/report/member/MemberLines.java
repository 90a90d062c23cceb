package io.inferometer.report.member;

import io.inferometer.record.IterationSpan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a journal's lines say of a member of a run: the words, and the fields of each. */
public final class MemberLines {
    /** So many members begin a fork, or go on with it. */
    public static final String CREW = "crew";

    /** How far a fork came before, for a member that can't read its run's journal; in a file for that alone. */
    public static final String EARLIER = "earlier";

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
    static final String MEMBERS = "members";
    static final String NUMBER = "member";
    static final String RAN_OUT = "ranOut";
    static final String IN_FLIGHT = "inFlight";
    static final String GOES_ON = "goesOn";
    static final String NAME = "name";
    static final String WARMUP = "warmup";
    static final String AGREED = "agreedNanos";
    static final String STARTED = "startNanos";
    static final String HERE = "here";
    static final String LOST = "lost";
    static final String HEARD = "heardNanos";
    static final String OFFSET = "clockOffsetNanos";
    static final String BOUND = "clockBoundNanos";

    private MemberLines() {}

    /**
     * That so many members begin a fork, or go on with it: from then on none of them is lost.
     *
     * @param trial the trial's number
     * @param fork the fork's number, from 0
     * @param members how many share it
     * @return the fields of the line
     */
    public static Map<String, Object> crew(int trial, int fork, int members) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trial", trial);
        fields.put(FORK, fork);
        fields.put(MEMBERS, members);
        return fields;
    }

    /**
     * How many a crew has.
     *
     * @param crew the fields of its line
     * @return how many, 1 where that is not told
     */
    public static int members(Map<String, Object> crew) {
        return crew.get(MEMBERS) instanceof Number members ? members.intValue() : 1;
    }

    /**
     * What a member is called that is lost.
     *
     * @param end the fields of its end's line
     * @return its name; empty where it is not lost
     */
    public static Optional<String> nameOfLost(Map<String, Object> end) {
        return end.containsKey(LOST) ? Optional.of(String.valueOf(end.get(NAME))) : Optional.empty();
    }

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
     * {@return the line that it works}
     *
     * @param trial its number in the run, from 0
     * @param fork from 0
     * @param member its number, from 0
     * @param inFlight how many requests it has in flight
     */
    public static Map<String, Object> beat(int trial, int fork, int member, int inFlight) {
        Map<String, Object> fields = of(trial, fork, member);
        fields.put(IN_FLIGHT, inFlight);
        return fields;
    }

    /**
     * {@return how many requests it has in flight; empty where a line does not say so}
     *
     * @param fields of the line
     */
    public static OptionalInt inFlight(Map<String, Object> fields) {
        return fields.get(IN_FLIGHT) instanceof Number requests
                ? OptionalInt.of(requests.intValue())
                : OptionalInt.empty();
    }

    /**
     * {@return the line that it is ready, and has no more requests to send}
     *
     * @param trial its number in the run, from 0
     * @param fork from 0
     * @param member its number, from 0
     */
    public static Map<String, Object> ranOut(int trial, int fork, int member) {
        Map<String, Object> fields = of(trial, fork, member);
        fields.put(RAN_OUT, true);
        return fields;
    }

    /**
     * {@return whether one that is ready has no more requests to send}
     *
     * @param ready the fields of the line
     */
    public static boolean ranOut(Map<String, Object> ready) {
        return Boolean.TRUE.equals(ready.get(RAN_OUT));
    }

    /**
     * {@return the line that it has ended its share of a fork}
     *
     * @param trial its number in the run, from 0
     * @param fork from 0
     * @param member its number, from 0
     */
    public static Map<String, Object> end(int trial, int fork, int member) {
        return of(trial, fork, member);
    }

    /**
     * Adds that it is lost.
     *
     * @param fields of the line that it has ended; the loss is added to them
     * @param why it is lost, on one line
     * @param inFlight how many requests it had in flight when it last told; empty where it never did
     * @param members how many shared the load, it among them
     * @param goesOn whether the others go on with their parts
     */
    public static void lost(Map<String, Object> fields, String why, OptionalInt inFlight, int members, boolean goesOn) {
        lost(fields, why, inFlight);
        fields.put(MEMBERS, members);
        fields.put(GOES_ON, goesOn);
    }

    /**
     * Adds that it is lost, where it is not known what became of the others.
     *
     * @param fields of the line that it has ended; the loss is added to them
     * @param why it is lost, on one line
     * @param inFlight how many requests it had in flight when it last told; empty where it never did
     */
    public static void lost(Map<String, Object> fields, String why, OptionalInt inFlight) {
        fields.put(LOST, why);
        inFlight.ifPresent(requests -> fields.put(IN_FLIGHT, requests));
    }

    /**
     * Adds when it was last heard of.
     *
     * @param fields of the line that it has ended
     * @param nanos as the times of records are
     */
    public static void heard(Map<String, Object> fields, long nanos) {
        fields.put(HEARD, nanos);
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
