package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Sets how many measured iterations, and how long each one is.
 *
 * <ul>
 *   <li>Exactly one of {@code requests}, {@code requestsPerSlot}, {@code sessions} and {@code time} is given
 *       except under {@link AllAtOnce}, which may leave it to the workload’s prompts.
 *   <li>{@code requestsPerSlot} needs a {@link ClosedLoop}.
 *   <li>Of a workload with a {@link Turn} method {@code requests} and {@code requestsPerSlot} count turns; a session that is not
 *       over when they are all sent, or when the time is, is cut.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by
 * {@code -i}, {@code -r}, {@code --requests}, {@code --requests-per-slot} and {@code --sessions}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Measurement {
    /** {@return how many iterations; at least 1} */
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
