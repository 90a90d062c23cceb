/**
 * What the client itself costs: JMH benchmarks of its parts, and a round trip of the whole of it beside the least that
 * could do the same job. Only the ratios between the clients travel to other machines.
 */
package io.inferometer.benchmarks.overhead;
