package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets an environment variable set an option, as if it had been given on the command line.
 *
 * <ul>
 *   <li>The command line wins over it, and it wins over the annotations.
 *   <li>Of several variables for one setting, the first non-empty one in declared order wins.
 *   <li>An empty variable counts as unset.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; a class that declares any replaces its superclass's whole list.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Env.List.class)
public @interface Env {
    /** {@return the variable's name} */
    String name();

    /** {@return the option it sets} */
    Setting sets();

    /** Holds several {@link Env}. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /** {@return the variables in their order of preference} */
        Env[] value();
    }
}
