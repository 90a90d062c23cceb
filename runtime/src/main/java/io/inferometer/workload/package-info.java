/**
 * What generated code and workloads compile against: the description of a workload, and the requests it makes.
 *
 * <p>Everything here is a value, or an interface that generated code implements. Nothing here reads, waits or measures.
 */
package io.inferometer.workload;
