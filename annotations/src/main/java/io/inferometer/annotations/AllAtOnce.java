package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Releases every request of an iteration at the same instant.
 *
 * <ul>
 *   <li>The machine's limits hold: file descriptors, ports. They are looked at before anything is sent.
 *   <li>Users bound the requests in flight: as one ends the next is sent, until none is left. A spawn rate lets them
 *       begin one after the other.
 *   <li>The spread from the first to the last request on the wire is reported as launch skew.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest load wins whole. Overridden by {@code --users},
 * {@code --spawn-rate}, {@code --concurrency}, {@code --rate} and {@code --all-at-once}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AllAtOnce {
    /** {@return how many requests are in flight at most, at least 1; as many as there are where it is left out} */
    int users() default 0;

    /** {@return how many users begin a second, above 0; all at the same instant where it is left out} */
    double spawnRate() default 0;
}
