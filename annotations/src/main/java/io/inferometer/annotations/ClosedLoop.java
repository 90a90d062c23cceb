package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps a fixed number of requests in flight: each slot sends its next request the moment its last one ends.
 *
 * <ul>
 *   <li>The load adapts to the endpoint: a slower endpoint is asked less often. It shows an endpoint's capacity, not
 *       what users meet who arrive on their own account; for those there is {@link OpenLoop}.
 *   <li>Several values are swept, a trial each.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest load wins whole. Overridden by {@code --concurrency},
 * {@code --rate} and {@code --all-at-once}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ClosedLoop {
    /** {@return how many slots there are; each at least 1} */
    int[] concurrency();
}
