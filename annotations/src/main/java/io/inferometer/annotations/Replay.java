package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Sends each request at the time that it comes with, {@code InferenceRequest.at}, however many are still in flight: a
 * recorded load once more.
 *
 * <ul>
 *   <li>Times count from that of the first request, and never go back; a request without one is refused.
 *   <li>Latencies from the recorded start stand beside those from the real one, so that a late client is not hidden.
 *   <li>Several speeds are swept, a trial each.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest load wins whole. Overridden by {@code --speed} and
 * {@code --max-idle}; {@code --concurrency}, {@code --rate} and {@code --all-at-once} keep the order of the requests alone.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Replay {
    /** {@return how many times as fast as it was recorded; each above 0} */
    double[] speed() default 1;

    /**
     * {@return the longest that two requests are apart in recorded time, beyond which the gap is cut; 0 for as long as it
     * was}
     */
    long maxIdle() default 0;

    /** {@return its unit} */
    TimeUnit maxIdleUnit() default TimeUnit.SECONDS;
}
