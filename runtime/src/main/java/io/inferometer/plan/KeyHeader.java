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

    public KeyHeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(before, "before");
    }

    /** A header that holds the key and nothing else. */
    public static KeyHeader of(String name) {
        return new KeyHeader(name, "");
    }

    /** What stands in it. */
    public String value(String key) {
        return before + key;
    }
}
