package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that makes the next request of a workload.
 *
 * <ul>
 *   <li>It returns an {@code io.inferometer.workload.InferenceRequest} and takes nothing or an
 *       {@code io.inferometer.workload.RequestContext}.
 *   <li>It is called ahead of time and in order, by one thread, on one instance a trial: what it does is off the clock.
 *   <li>It returns null where there are no more requests; the iteration then ends with those that there were.
 *   <li>It and its overrides are one method, whether or not they repeat the annotation; the nearest annotation wins.
 *   <li>The request of a given context must be the same each time: seeded, not drawn from the time of day.
 * </ul>
 *
 * <p>On one method of a workload class or of a superclass of it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Request {}
