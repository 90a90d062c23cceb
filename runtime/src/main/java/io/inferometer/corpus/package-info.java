/**
 * Prompts and their lengths.
 *
 * <p>Everything is drawn from seeds: the same settings give the same bytes on every machine, whatever the clock says.
 * Prompts are made one at a time, when they are asked for; what is kept is the vocabulary of a tokenizer (tens of
 * megabytes, read once per process) and a few ints per prompt of a round. A {@link io.inferometer.corpus.tokenizer.Tokenizer} is
 * safe for use by several threads, everything else belongs to the thread that uses it.
 */
package io.inferometer.corpus;
