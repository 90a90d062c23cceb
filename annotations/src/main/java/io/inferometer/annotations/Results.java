package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a result file that a run of the workload writes when none is asked for. May be repeated.
 *
 * <p>On a workload class or a superclass of it; a class that declares any replaces its superclass's whole list. Overridden
 * by {@code -rf} and {@code -rff}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Results.List.class)
public @interface Results {
    /** {@return the format} */
    ResultFormat format() default ResultFormat.JSON;

    /** {@return the file; {@code {timestamp}} becomes the start of the run as {@code yyyyMMdd-HHmmss}} */
    String file();

    /** Holds several {@link Results}. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /** {@return the result files in their order; the journal stands beside the first} */
        Results[] value();
    }
}
