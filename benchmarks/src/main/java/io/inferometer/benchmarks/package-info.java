/** The ready workloads, which are also the manual: each is short, and ends with how to run it and what to expect. */
package io.inferometer.benchmarks;
