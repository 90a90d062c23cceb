package io.inferometer.stats.stage;

import io.inferometer.stats.Summary;
import io.inferometer.workload.StagedLoad;

/**
 * What a stage of a load came to, in all iterations together. Its requests are those that were to start in it; they may end
 * in a later one.
 *
 * @param kind what the stage gives a number of
 * @param stage what was asked
 * @param achieved requests that were sent for each second of the stage, or the mean number of requests in flight while it
 *     lasted; NaN where no iteration is known to have run all of it
 * @param summary the figures of its requests
 */
public record StageSummary(StagedLoad.Kind kind, StagedLoad.Stage stage, double achieved, Summary summary) {}
