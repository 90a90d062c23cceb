package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that says whether an answer is right. A wrong answer is a failed request: it is counted as {@code
 * wrong_answer}, and is in no latency.
 *
 * <ul>
 *   <li>It takes an {@code io.inferometer.workload.Answer} and, if it needs one, the
 *       {@code io.inferometer.workload.RequestContext} of its request after it, which tells its session and turn too.
 *   <li>It returns {@code false}, or what is wrong as a text that is not empty, or throws anything: then the
 *       answer is wrong, and what was thrown is told with its method and message. Where it returns nothing, only what it throws counts.
 *   <li>It is called for each complete answer, of the warm-up too, in the order in which they ended, by one thread that is
 *       neither the one that reads responses nor the one that makes requests: it may see what set-up has made; what it
 *       shares with the {@link Request} method has to be safe for use by two threads.
 *   <li>It is off the clock, but one that cannot keep up with the answers slows the load down in the end.
 *   <li>It and its overrides are one method, whether or not they repeat the annotation; the nearest annotation wins.
 * </ul>
 *
 * <p>On at most one method of a workload class or of a superclass of it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Check {}
