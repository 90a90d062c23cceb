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

        public String word() {
            return word;
        }
    }

    public Finding {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    public static Finding well(Subject subject, String what) {
        return new Finding(subject, Weight.WELL, what, "");
    }

    public static Finding unknown(Subject subject, String what) {
        return new Finding(subject, Weight.UNKNOWN, what, "");
    }

    public static Finding note(Subject subject, String what, String remedy) {
        return new Finding(subject, Weight.NOTE, what, remedy);
    }

    public static Finding inTheWay(Subject subject, String what, String remedy) {
        return new Finding(subject, Weight.IN_THE_WAY, what, remedy);
    }

    public boolean inTheWay() {
        return weight == Weight.IN_THE_WAY;
    }

    /** The same with other texts. */
    public Finding with(UnaryOperator<String> change) {
        return new Finding(subject, weight, change.apply(what), change.apply(remedy));
    }

    /** One line: what it is, and unless all is well why that matters and what to do. */
    public String line() {
        String reason = weight == Weight.WELL || weight == Weight.UNKNOWN ? "" : "; " + subject.why();
        return subject.word() + ": " + what + reason + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
