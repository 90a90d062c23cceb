package io.inferometer.plan.ab;

import io.inferometer.plan.Options;
import io.inferometer.plan.Trial;
import java.util.List;
import java.util.Objects;

/**
 * What is asked for where B is judged beside A: {@code
 * AbOptions.of(Options.of("Hello").build()).b(Options.of().model("new").build())}.
 *
 * @param common what both sides have; also what is of the whole, such as forks, seed, journal and results
 * @param a what A has besides, before what is common
 * @param b what B has besides, before what is common
 * @param gates the figures that must not be worse, each with its margin; empty for those that hold anyway
 * @param margin the margin of gates without one, such as {@code 5%}; empty for the usual ones
 * @param equivalent whether B must be no better either
 * @param allowUnlike the names of what may be unlike, or unfit
 */
public record AbOptions(
        Options common,
        Options a,
        Options b,
        String gates,
        String margin,
        boolean equivalent,
        List<String> allowUnlike) {
    private static final Options NOTHING = Options.of().build();

    /**
     * Copies what it is given, and checks it.
     *
     * @param common as of the record
     * @param a as of the record
     * @param b as of the record
     * @param gates as of the record
     * @param margin as of the record
     * @param equivalent as of the record
     * @param allowUnlike copied
     */
    public AbOptions {
        Objects.requireNonNull(common, "common");
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(gates, "gates");
        Objects.requireNonNull(margin, "margin");
        allowUnlike = List.copyOf(allowUnlike);
    }

    /**
     * {@return two sides that are alike, judged by the gates that hold anyway}
     *
     * @param common the workload, and what both sides have in common
     */
    public static AbOptions of(Options common) {
        return new AbOptions(common, NOTHING, NOTHING, "", "", false, List.of());
    }

    /**
     * {@return the same with options of A}
     *
     * @param side what it has of its own
     */
    public AbOptions a(Options side) {
        return new AbOptions(common, side, b, gates, margin, equivalent, allowUnlike);
    }

    /**
     * {@return the same with options of B}
     *
     * @param side what it has of its own
     */
    public AbOptions b(Options side) {
        return new AbOptions(common, a, side, gates, margin, equivalent, allowUnlike);
    }

    /**
     * {@return the same, judged by these figures}
     *
     * @param figures with the margin of each: {@code ttft.p99 10%, tpot.p50 5%}
     */
    public AbOptions gate(String figures) {
        return new AbOptions(common, a, b, figures, margin, equivalent, allowUnlike);
    }

    /**
     * {@return the same with a margin of gates without one}
     *
     * @param share such as {@code 5%}
     */
    public AbOptions margin(String share) {
        return new AbOptions(common, a, b, gates, share, equivalent, allowUnlike);
    }

    /** {@return the same, but B must be no better either} */
    public AbOptions asEquivalent() {
        return new AbOptions(common, a, b, gates, margin, true, allowUnlike);
    }

    /**
     * {@return the same, judged though the sides are unlike, or unfit}
     *
     * @param fields in what: {@code lengths}, {@code suspect}
     */
    public AbOptions allowUnlike(String... fields) {
        return new AbOptions(common, a, b, gates, margin, equivalent, List.of(fields));
    }

    Options side(Trial.Letter letter) {
        return letter == Trial.Letter.A ? a : b;
    }
}
