package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the model that every request asks for.
 *
 * <p>On a workload class or a superclass of it; the nearest one wins whole. Overridden by {@code --model}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Model {
    /** In place of a name: each request's own body names the model, over which {@code --model} is put where it is given. */
    String OF_EACH_REQUEST = "*";

    /** {@return the model's name as the endpoint knows it} */
    String value();

    /**
     * {@return the tokenizer that counts tokens where the endpoint does not: {@code gpt2}, {@code gpt-3.5-turbo}, {@code
     * gpt-4}, {@code gpt-4o} or {@code gpt-oss}; empty derives it from the model's name where that is known}
     */
    String tokenizer() default "";
}
