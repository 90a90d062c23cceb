/**
 * What the client itself costs: JMH benchmarks of its parts, and a round trip of the whole of it beside the least that
 * could do the same job.
 *
 * <p>A round trip has three processes: this one, which only counts; a metronome that answers; and one client, so that its
 * processor time and memory are its own. The client is the product with one of its transports, or the limit: a bare reader
 * over the JDK's channels, which does no more than the figures need. All take the same stamps of the same server in the
 * same minutes, and only the ratios between them travel to other machines.
 */
package io.inferometer.benchmarks.overhead;
