package io.inferometer.judge.search;

/**
 * A load that was tried.
 *
 * @param load requests per second, or slots
 * @param share what met the objective; what it is NaN of was not judged
 */
public record Tried(double load, MetShare share, ProbeVerdict verdict) {}
