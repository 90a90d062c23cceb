package io.inferometer.workload;

import java.util.OptionalLong;

/**
 * What a workload may know of the trial it belongs to.
 *
 * @param model the model that is asked for
 * @param tokenizer the name of the tokenizer of that model; empty where it is not known
 * @param load when requests are sent
 * @param seed the seed of everything that is drawn
 * @param fork which of the forks this is, from 0
 * @param requests how many measured requests an iteration has; empty where its extent is a time, or is left to the
 *     workload
 */
public record TrialContext(String model, String tokenizer, Load load, long seed, int fork, OptionalLong requests) {}
