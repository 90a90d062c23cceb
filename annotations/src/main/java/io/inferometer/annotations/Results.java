package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the result file that a run of the workload writes when none is asked for.
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code -rf} and
 * {@code -rff}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Results {
    /** The format. */
    ResultFormat format() default ResultFormat.JSON;

    /** The file; {@code {timestamp}} becomes the start of the run as {@code yyyyMMdd-HHmmss}. */
    String file();
}
