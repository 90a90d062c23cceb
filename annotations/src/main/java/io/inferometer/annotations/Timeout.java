package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long a request may take, from its release to its end, a stalled stream included.
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code --timeout}; without
 * either it is ten minutes.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Timeout {
    /** {@return the limit, above 0} */
    long value();

    /** {@return its unit} */
    TimeUnit unit() default TimeUnit.SECONDS;
}
