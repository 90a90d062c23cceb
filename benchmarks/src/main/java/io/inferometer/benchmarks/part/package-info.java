/** JMH benchmarks of parts of the client that are public; those of others stand beside what they measure. */
package io.inferometer.benchmarks.part;
