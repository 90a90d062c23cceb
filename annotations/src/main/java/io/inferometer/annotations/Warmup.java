package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Sets how many warm-up iterations: requests that are sent and checked and never measured, and how long each one is.
 *
 * <ul>
 *   <li>Exactly one of {@code requests}, {@code requestsPerSlot}, {@code sessions} and {@code time} is given
 *       unless there are no iterations.
 *   <li>{@code requestsPerSlot} needs a {@link ClosedLoop}.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by
 * {@code -wi}, {@code -w}, {@code --warmup-requests}, {@code --warmup-requests-per-slot} and
 * {@code --warmup-sessions}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Warmup {
    /** {@return how many iterations; may be 0} */
    int iterations() default 1;

    /** {@return how many requests an iteration sends} */
    long requests() default 0;

    /** {@return how many requests an iteration sends for each slot of the closed loop} */
    int requestsPerSlot() default 0;

    /**
     * {@return how many sessions an iteration has, each with as many turns as it has; of a workload with a {@link Turn}
     * method}
     */
    long sessions() default 0;

    /** {@return for how long an iteration sends requests; those in flight at its end are followed to their own end} */
    long time() default 0;

    /** {@return the unit of {@code time}} */
    TimeUnit timeUnit() default TimeUnit.SECONDS;
}
