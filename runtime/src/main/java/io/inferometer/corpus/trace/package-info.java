/**
 * Traces and data sets of other people's making, read to one model: {@link io.inferometer.corpus.trace.TracedRequest}.
 *
 * <p>A file is read line by line as its requests are asked for, so it may be longer than memory. Where it knows a prompt by
 * the ids of its blocks alone, {@link io.inferometer.corpus.trace.BlockPrompts} makes a text that shares what the ids share,
 * and {@link io.inferometer.corpus.trace.SeenBlocks} tells what an unbounded prefix cache would find. Units of time are
 * those of the format or declared, never guessed; what a format doesn't know is refused with its line.
 */
package io.inferometer.corpus.trace;
