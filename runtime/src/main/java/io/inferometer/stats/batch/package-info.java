/**
 * The figures of a job of the Batch API, made of its history alone.
 *
 * <p>What an endpoint's stamps, or the looks at it, don't tell is absent, and what they tell no closer than a second, or than
 * the time between two looks, is told as no closer.
 */
package io.inferometer.stats.batch;
