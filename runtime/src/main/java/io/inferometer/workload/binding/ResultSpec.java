package io.inferometer.workload.binding;

import io.inferometer.annotations.ResultFormat;

/**
 * A result file that a run writes.
 *
 * @param format its format
 * @param file its path; {@code {timestamp}} becomes the start of the run as {@code yyyyMMdd-HHmmss}
 */
public record ResultSpec(ResultFormat format, String file) {}
