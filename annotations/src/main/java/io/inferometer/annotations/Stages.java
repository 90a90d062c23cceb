package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Measures under stages, one after the other: rates, {@code "2/s 30s, 2..20/s 60s, 20/s 60s"}, or numbers of slots,
 * {@code "4 30s, 4..64 60s"}, each for a time.
 *
 * <ul>
 *   <li>They are the one measured iteration of a trial, and take the place of the load and the measurement that are declared
 *       beside them. These hold for the warm-up, and where another load is asked for in place of the stages.
 *   <li>A slot that is taken away ends after its request; nothing waits between two stages.
 *   <li>Requests of workloads with a {@link Turn} method know no stages.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; a load of a nearer class replaces it whole. Overridden by {@code --stages},
 * {@code --concurrency}, {@code --rate}, {@code --ramp-up-strategy} and {@code --all-at-once}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Stages {
    /** {@return the stages, with commas between} */
    String value();
}
