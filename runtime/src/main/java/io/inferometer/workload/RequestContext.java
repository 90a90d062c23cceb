package io.inferometer.workload;

/**
 * Which request is being made.
 *
 * <p>Warm-up requests are numbered apart from measured ones, and must have prompts of their own: a prompt that the
 * endpoint has seen in the warm-up is answered from its prefix cache.
 *
 * @param warmup whether it belongs to a warm-up iteration
 * @param index counts the requests of all warm-up, or of all measured, iterations of the trial, from 0
 * @param iteration the iteration within the warm-up or the measurement, from 0
 */
public record RequestContext(boolean warmup, long index, int iteration) {}
