/** Two sides of one workload that take turns: what is asked for each, and the one plan that holds both. */
package io.inferometer.plan.ab;
