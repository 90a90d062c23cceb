/**
 * Jobs, and the clients that do them.
 *
 * <p>A round trip has three processes: the one that counts; a metronome that answers; and one client, so that its processor
 * time and memory are its own. The client is the product with one of its transports, or the bare loop: a reader over the
 * JDK's channels that does no more than the figures need. All take the same stamps of the same server.
 */
package io.inferometer.benchmarks.overhead.trip;
