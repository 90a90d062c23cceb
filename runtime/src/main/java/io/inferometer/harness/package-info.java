/**
 * A run from its plan to its result.
 *
 * <p>{@link io.inferometer.harness.Harness} runs the trials one after another, each here or in its forks, and
 * {@link io.inferometer.harness.RunOutcome} says what came of it. Requests end on the threads that read them; their
 * records, the journal and the reports live on the recorder's thread.
 */
package io.inferometer.harness;
