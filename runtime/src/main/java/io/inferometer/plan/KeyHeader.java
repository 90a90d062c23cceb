package io.inferometer.plan;

import java.util.Objects;

/**
 * The header that carries the key.
 *
 * @param name its name
 * @param before what stands before the key in it; empty for nothing
 */
public record KeyHeader(String name, String before) {
    /** What most endpoints take. */
    public static final KeyHeader BEARER = new KeyHeader("Authorization", "Bearer ");
    /** What dedicated deployments of Baseten take too. */
    public static final KeyHeader API_KEY_SCHEME = new KeyHeader("Authorization", "Api-Key ");

    /**
     * Checks what it is given.
     *
     * @param name as of the record
     * @param before as of the record
     */
    public KeyHeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(before, "before");
    }

    /**
     * {@return a header that holds the key and nothing else}
     *
     * @param name of the header
     */
    public static KeyHeader of(String name) {
        return new KeyHeader(name, "");
    }

    /**
     * {@return what stands in it}
     *
     * @param key as the variable holds it
     */
    public String value(String key) {
        return before + key;
    }
}
