package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs each trial in client JVMs of its own, one after the other, whose results are taken together. Intervals over forks
 * hold what differs from one JVM, and from one time, to the next.
 *
 * <ul>
 *   <li>Without it, or with 0, a trial runs in the JVM of the harness.
 *   <li>Each fork sends as many requests as one trial without forks, warm-up and all: n forks cost n times as much.
 *   <li>Each fork is to send prompts of its own, for the endpoint may answer those it has seen from its cache: a workload
 *       tells forks apart by the fork of its trial context.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code -f}, {@code -jvm} and
 * {@code -jvmArgs}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Fork {
    /** {@return how many forks; 0 for none} */
    int value();

    /** {@return the java command they run on; empty for that of the harness} */
    String jvm() default "";

    /** {@return the options of their JVMs; empty for those of the harness} */
    String[] jvmArgs() default {};
}
