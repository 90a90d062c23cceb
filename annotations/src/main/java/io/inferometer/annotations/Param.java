package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that is set before the workload's set-up, from the first of: {@code -p name=value}, the environment
 * variable, the values here.
 *
 * <ul>
 *   <li>The field is a {@code String}, a {@code boolean}, an {@code int}, a {@code long}, a {@code double} or an enum;
 *       it is neither private, nor static, nor final.
 *   <li>Several values are swept: the product of all parameters and loads is the list of trials.
 * </ul>
 *
 * <p>On a field of a workload class or of a superclass of it. Overridden by {@code -p}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Param {
    /** {@return the values, each as it would be written on the command line; at least one} */
    String[] value();

    /** {@return the environment variable that replaces all the values, comma-separated; empty for none} */
    String env() default "";
}
