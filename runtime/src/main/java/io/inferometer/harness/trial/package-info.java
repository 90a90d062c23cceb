/**
 * One trial in this JVM: prompts drawn, target opened, the endpoint asked, warm-up iterations, measured iterations; and what
 * the trials of a run share.
 */
package io.inferometer.harness.trial;
