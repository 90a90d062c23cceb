/** Ready workloads that send what a file holds: traces by their times, data sets in their order. */
package io.inferometer.benchmarks.data;
