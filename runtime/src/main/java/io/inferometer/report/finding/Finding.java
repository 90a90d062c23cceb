package io.inferometer.report.finding;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One thing that was looked at.
 *
 * @param subject what it is about
 * @param weight what it means for a measurement
 * @param what how it is
 * @param remedy what to do; empty where there is nothing to be done
 */
public record Finding(Subject subject, Weight weight, String what, String remedy) {
    /** What a finding means for a measurement. */
    public enum Weight {
        /** As it should be. */
        WELL("ok"),
        /** Something to know when the numbers are read. */
        NOTE("note"),
        /** This platform, or this endpoint, does not tell. */
        UNKNOWN("unknown"),
        /** Numbers would not be what they seem, or there would be none. */
        IN_THE_WAY("in the way");

        private final String word;

        Weight(String word) {
            this.word = word;
        }

        /**
         * What it is called on the console and in results.
         *
         * @return one of {@code ok}, {@code note}, {@code unknown} and {@code in the way}
         */
        public String word() {
            return word;
        }
    }

    /**
     * Nothing of it may be null.
     *
     * @param subject as of the record
     * @param weight as of the record
     * @param what as of the record
     * @param remedy as of the record
     */
    public Finding {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * Of what is as it should be.
     *
     * @param subject what it is about
     * @param what how it is
     * @return the finding, without a remedy
     */
    public static Finding well(Subject subject, String what) {
        return new Finding(subject, Weight.WELL, what, "");
    }

    /**
     * Of what is not told here.
     *
     * @param subject what it is about
     * @param what who does not tell
     * @return the finding, without a remedy
     */
    public static Finding unknown(Subject subject, String what) {
        return new Finding(subject, Weight.UNKNOWN, what, "");
    }

    /**
     * Of what is to be known when numbers are read.
     *
     * @param subject what it is about
     * @param what how it is
     * @param remedy what to do; empty where there is nothing to be done
     * @return the finding
     */
    public static Finding note(Subject subject, String what, String remedy) {
        return new Finding(subject, Weight.NOTE, what, remedy);
    }

    /**
     * Of what numbers would not be what they seem for, or would not be at all.
     *
     * @param subject what it is about
     * @param what how it is
     * @param remedy what to do; empty where what is so says it itself
     * @return the finding
     */
    public static Finding inTheWay(Subject subject, String what, String remedy) {
        return new Finding(subject, Weight.IN_THE_WAY, what, remedy);
    }

    /**
     * Whether it stands in the way of a good number.
     *
     * @return whether its weight is {@link Weight#IN_THE_WAY}
     */
    public boolean inTheWay() {
        return weight == Weight.IN_THE_WAY;
    }

    /**
     * The same with other texts.
     *
     * @param change makes each of them another
     * @return the finding with what and remedy changed
     */
    public Finding with(UnaryOperator<String> change) {
        return new Finding(subject, weight, change.apply(what), change.apply(remedy));
    }

    /**
     * One line: what it is, and unless all is well why that matters and what to do.
     *
     * @return the line, as {@code doctor} prints it behind the weight
     */
    public String line() {
        String reason = weight == Weight.WELL || weight == Weight.UNKNOWN ? "" : "; " + subject.why();
        return subject.word() + ": " + what + reason + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
