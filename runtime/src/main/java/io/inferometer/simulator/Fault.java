package io.inferometer.simulator;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the simulated endpoint can be told to do wrong. "Midway" is after half of the tokens, rounded down.
 *
 * <p>The Javadoc of {@link Profile} describes each one for users.
 */
enum Fault {
    NONE("none"),
    TOO_MANY_REQUESTS("429"),
    SERVER_ERROR("500"),
    CUT("cut"),
    ERROR("error"),
    EMPTY("empty"),
    STALL("stall");

    private final String key;

    Fault(String key) {
        this.key = key;
    }

    /** The word that stands for it in a profile. */
    String key() {
        return key;
    }

    static Fault of(String key) {
        for (Fault fault : values()) {
            if (fault.key.equals(key)) {
                return fault;
            }
        }
        throw new IllegalArgumentException("fault must be one of "
                + Arrays.stream(values()).map(Fault::key).collect(Collectors.joining(", ")) + ", not '" + key + "'");
    }

    /** Whether it shows only after the first half of the answer. */
    boolean midway() {
        return this == CUT || this == ERROR || this == STALL;
    }
}
