/**
 * The ready workloads. {@code Sample01} to {@code Sample08} are the manual: each is short, shows one thing, and ends with
 * how to run it and what to expect; {@code Completions}, {@code Responses}, {@code Messages}, {@code Embeddings} and {@code
 * Rerank} do the same for a protocol each. {@code GptOssBaseten} and {@code Batch} are for use as they are.
 */
package io.inferometer.benchmarks;
