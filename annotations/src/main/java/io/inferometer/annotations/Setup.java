package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is called before each trial or iteration, off the clock.
 *
 * <ul>
 *   <li>It returns nothing and takes nothing or an {@code io.inferometer.workload.TrialContext}; one of an iteration may
 *       take an {@code IterationContext} instead, which says which.
 *   <li>It is called in the order superclass first, then as written.
 *   <li>It and its overrides are one method, whether or not they repeat the annotation; the nearest annotation wins.
 * </ul>
 *
 * <p>On any number of methods of a workload class or of its superclasses.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Setup {
    /** {@return what the method belongs to} */
    Level value() default Level.TRIAL;
}
