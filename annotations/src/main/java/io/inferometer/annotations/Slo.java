package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the objectives that a request must meet, every one of them, to count as goodput.
 *
 * <ul>
 *   <li>A limit is inclusive. At least one is given.
 *   <li>A request too short to have a tpot meets that objective.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code --slo}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Slo {
    /** {@return the longest time to first token, in milliseconds; 0 for no limit} */
    double ttftMillis() default 0;

    /** {@return the longest time per output token, in milliseconds; 0 for no limit} */
    double tpotMillis() default 0;

    /** {@return the longest end-to-end latency, in milliseconds; 0 for no limit} */
    double e2elMillis() default 0;
}
