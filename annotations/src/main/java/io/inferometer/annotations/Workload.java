package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a class as a workload: what is asked of an endpoint, under which load, for how long.
 *
 * <ul>
 *   <li>The class is public or package-private, concrete, not generic, in a named package, top-level or static nested,
 *       and has a constructor without parameters that its package can call.
 *   <li>It has exactly one {@link Request} method and exactly one load: {@link ClosedLoop}, {@link OpenLoop} or
 *       {@link AllAtOnce}.
 *   <li>Its name on the command line is its simple name; a nested class is called {@code Outer.Nested}.
 * </ul>
 *
 * <p>On a class; not inherited.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Workload {
    /** {@return a line that tells a reader of {@code list} and of every result what this workload does} */
    String value() default "";

    /** {@return whether a run without a workload's name runs this one} At most one workload of a jar is the main one. */
    boolean main() default false;
}
