package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the endpoint that a workload is run against.
 *
 * <ul>
 *   <li>A base URL: the path of the protocol is added, as {@code /v1/chat/completions}, or {@code /chat/completions} where
 *       it ends in {@code /v1}; a URL that already ends in that of a protocol is taken as it is, and chooses it. A query
 *       stays.
 *   <li>{@code sim:PROFILE} is the simulated endpoint, started in a JVM of its own for the time of the run.
 *   <li>The key itself is never declared, only the variable that holds it.
 * </ul>
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code --base-url},
 * {@code --url}, {@code --path}, {@code --protocol}, {@code --api-key-env} and {@code --auth}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Endpoint {
    /** {@return the base URL, or {@code sim:PROFILE}} */
    String value();

    /** {@return the path of the API below the base URL; empty derives it from the base URL as told above} */
    String path() default "";

    /** {@return the protocol that it is asked in, one at the most; none for that of its path, or else chat completions} */
    Protocol[] protocol() default {};

    /** {@return the environment variable that holds the API key; empty for none} */
    String apiKeyEnv() default "";

    /**
     * {@return what carries the key: {@code bearer} or {@code api-key-scheme}, which set the {@code Authorization} header,
     * or the name of a header that holds the key alone} Empty for {@code x-api-key} in messages, {@code api-key} at Azure
     * OpenAI, and bearer elsewhere.
     */
    String auth() default "";
}
