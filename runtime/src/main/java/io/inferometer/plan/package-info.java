/**
 * What a run will do: options from all layers, resolved in one place into values that never change.
 *
 * <p>{@link io.inferometer.plan.resolve.Planner} takes the workloads there are, the {@link io.inferometer.plan.Options} and the
 * environment, and makes the {@link io.inferometer.plan.Plan}. A setting is text with an origin until it is resolved, so
 * that an option and a variable are read and refused in the same words; what can't be done ends there, as a
 * {@link io.inferometer.plan.UsageException}, before a request is sent.
 *
 * <p>The endpoint, the load and the extent are one setting each, whatever option gives them: a higher layer replaces
 * them whole. The plan holds the names of variables that hold keys, and never their values;
 * {@link io.inferometer.secret.Secrets} is what masks those in texts.
 */
package io.inferometer.plan;
