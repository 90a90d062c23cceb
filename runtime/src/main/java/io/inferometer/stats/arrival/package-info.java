/**
 * Whether the requests of an open loop started as they were to: gaps between arrivals with a mean of 1, and their test
 * against the law that was asked for. No clock, no file, no thread.
 */
package io.inferometer.stats.arrival;
