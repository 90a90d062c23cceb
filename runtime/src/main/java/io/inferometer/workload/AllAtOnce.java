package io.inferometer.workload;

/** Every request of an iteration released at the same instant. */
public record AllAtOnce() implements Load {}
