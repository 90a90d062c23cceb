/** The Java API: {@link io.inferometer.Inferometer} runs workloads, and {@link io.inferometer.RunResult} says what came of it. */
package io.inferometer;
