/** The figures of a trial's server, by its own count: pure numbers from readings, each replica apart and all together. */
package io.inferometer.stats.server;
