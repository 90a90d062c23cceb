/**
 * What a workload's own code sees: the requests it makes, the loads and extents it may be run with, and the contexts that
 * tell it where in a run it is.
 *
 * <p>Everything here is a value. Nothing here reads, waits or measures.
 */
package io.inferometer.workload;
