/**
 * Numbers from records: what each request took, and what all of them amount to.
 *
 * <p>Everything here is a pure function of {@link io.inferometer.record.RequestRecord}s: no clock, no input or output,
 * no threads. {@link io.inferometer.stats.SummaryBuilder} takes one record after the other and keeps only primitives of
 * it, a few per request and one per gap between tokens, so that a run of hours fits into memory;
 * {@link io.inferometer.stats.Summary} holds nothing but results. None of the builders is for use by several threads.
 *
 * <p>Times are nanoseconds. A value that a request does not have is NaN, and is in no distribution.
 */
package io.inferometer.stats;
