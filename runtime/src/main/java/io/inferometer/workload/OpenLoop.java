package io.inferometer.workload;

import io.inferometer.annotations.Arrivals;
import java.util.Objects;

/**
 * Requests at a rate, however many are in flight.
 *
 * @param rate requests per second, above 0 and finite
 * @param arrivals how their starts are spread
 */
public record OpenLoop(double rate, Arrivals arrivals) implements Load {
    public OpenLoop {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be above 0 requests per second and finite, not " + rate);
        }
        Objects.requireNonNull(arrivals, "arrivals");
    }
}
