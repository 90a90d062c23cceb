package io.inferometer.judge.search;

/** What a probe proves of its load. */
public enum ProbeVerdict {
    /** As many requests met the objective as are asked for, by the lower bound. */
    MET("met"),
    /** Fewer did, by the upper bound, or requests in flight kept rising. */
    MISSED("missed"),
    /** It gives less than the greatest rate that was found, by more than the tolerance. */
    BELOW("below"),
    /** It gives as much, but for the tolerance. */
    REACHED("reached"),
    /** It gives the most, and whether a higher load gives more is not known. */
    GREATEST("greatest"),
    /** None of these. */
    UNDECIDED("undecided");

    private final String label;

    ProbeVerdict(String label) {
        this.label = label;
    }

    /** Whether the load that is searched is this one, or lies above. */
    boolean low() {
        return this == MET || this == BELOW;
    }

    /** Whether it lies below, or a rate's knee at this one. */
    boolean high() {
        return this == MISSED || this == REACHED;
    }

    /** {@return the word in tables and result files} */
    public String label() {
        return label;
    }

    /**
     * {@return what a probe proves}
     *
     * @param share what met the objective
     * @param attainment the share that is asked for, above 0 and below 1
     * @param overloaded whether requests in flight kept rising
     */
    public static ProbeVerdict of(MetShare share, double attainment, boolean overloaded) {
        if (overloaded || share.high() < attainment) {
            return MISSED;
        }
        return share.low() >= attainment ? MET : UNDECIDED;
    }
}
