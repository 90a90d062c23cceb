package io.inferometer.judge.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Between which loads the highest one lies that meets the objective, or the knee of a rate.
 *
 * @param low the highest load that met it, or is below the knee; empty where none did
 * @param high the lowest load above that which missed it, or has reached the knee; empty where none did
 */
public record Bracket(OptionalDouble low, OptionalDouble high) {
    /**
     * {@return the bracket of loads that were tried} Where a load met the objective above one that missed it, the lower of them
     * ends it.
     *
     * @param tried in any order
     */
    public static Bracket of(List<Tried> tried) {
        OptionalDouble high = tried.stream()
                .filter(one -> one.verdict().high())
                .mapToDouble(Tried::load)
                .min();
        OptionalDouble low = tried.stream()
                .filter(one -> one.verdict().low())
                .mapToDouble(Tried::load)
                .filter(load -> high.isEmpty() || load < high.getAsDouble())
                .max();
        return new Bracket(low, high);
    }
}
