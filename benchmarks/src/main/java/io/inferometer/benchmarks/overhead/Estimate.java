package io.inferometer.benchmarks.overhead;

import java.util.List;
import java.util.Locale;

/** How much time is left of some steps: by what each should take, and by what those that are done took instead. */
final class Estimate {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int UNCERTAIN = 90;

    private double toDo;
    private double done;
    private double spent;

    /** @param seconds what each step should take */
    Estimate(List<Double> seconds) {
        toDo = seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** A step has ended that should have taken so many seconds, and took others. */
    void ended(double planned, double taken) {
        toDo -= planned;
        done += planned;
        spent += taken;
    }

    /** How many seconds are left. */
    double secondsLeft() {
        return Math.max(0, done > 0 ? toDo * spent / done : toDo);
    }

    /** The same in words. */
    String words() {
        double seconds = secondsLeft();
        return seconds < UNCERTAIN
                ? String.format(Locale.ROOT, "about %.0f s left", Math.ceil(seconds / 10) * 10)
                : String.format(Locale.ROOT, "about %.0f min left", seconds / SECONDS_A_MINUTE);
    }
}
