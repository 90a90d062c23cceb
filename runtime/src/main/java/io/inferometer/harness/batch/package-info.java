/**
 * A job of the Batch API from what is asked of it to what came of it: {@link io.inferometer.harness.batch.JobPlanner} makes a
 * plan, {@link io.inferometer.harness.batch.JobRun} runs it.
 *
 * <p>Every step is in the journal before the next one is taken, and a job's own name before the job itself: a process that is
 * killed, whenever that is, leaves enough behind for another to go on without making a second job. The job is watched by a
 * thread of its own while a load is measured beside it; each of the two knows of the other only when it began and ended.
 */
package io.inferometer.harness.batch;
