package io.inferometer.annotations;

/** How the starts of an {@link OpenLoop} are spread in time. */
public enum Arrivals {
    /** Evenly: a gap of 1 / rate each time. */
    CONSTANT,
    /** Independently of each other: gaps are exponentially distributed with a mean of 1 / rate. */
    POISSON
}
