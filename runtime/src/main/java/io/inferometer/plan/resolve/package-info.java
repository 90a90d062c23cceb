/**
 * How the layers, command line over environment over annotations over defaults, become a plan. Every mistake is a
 * {@link io.inferometer.plan.UsageException} that says what, where it came from and what to do.
 */
package io.inferometer.plan.resolve;
