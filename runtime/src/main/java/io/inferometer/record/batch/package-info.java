/**
 * What is known of a job of the Batch API, as plain values: what its endpoint said at each look, and what its files hold.
 *
 * <p>A {@link io.inferometer.record.batch.JobHistory} is all of it. It is made of the lines of a journal, be the job on or
 * over, so that a job that is gone on with, or told again, is the same job. Times are milliseconds of the epoch: the
 * endpoint's own stamps, and the looks' on the client's clock.
 */
package io.inferometer.record.batch;
