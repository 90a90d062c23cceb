package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sends requests at a rate, however many are still in flight.
 *
 * <ul>
 *   <li>Latencies from the scheduled start stand beside those from the real one, so that a late client or a stalled
 *       endpoint is not hidden.
 *   <li>Several rates are swept, a trial each.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest load wins whole. Overridden by {@code --concurrency},
 * {@code --rate}, {@code --arrivals}, {@code --burstiness}, {@code --ramp-up-strategy}, {@code --stages} and
 * {@code --all-at-once}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface OpenLoop {
    /** {@return requests per second; each above 0} */
    double[] rate();

    /** {@return how the starts are spread in time} */
    Arrivals arrivals() default Arrivals.POISSON;

    /**
     * {@return the shape of the gaps' gamma distribution, above 0: below 1 requests come in bursts, above it more evenly
     * than by chance, and the variance of gaps is their squared mean divided by it} It means {@link Arrivals#GAMMA}; no
     * other has one.
     */
    double burstiness() default 1;
}
