/**
 * A run from its plan to its result.
 *
 * <p>{@link io.inferometer.harness.Harness} is the Java API. It runs the trials one after another: prompts drawn, target
 * opened, warm-up iterations, measured iterations. Requests end on the threads that read them; their records, the journal
 * and the reports live on the recorder's thread.
 */
package io.inferometer.harness;
