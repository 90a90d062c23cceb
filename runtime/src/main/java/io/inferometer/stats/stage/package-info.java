/** The figures of the stages of a load, each by itself. No clock, no file, no thread. */
package io.inferometer.stats.stage;
