/** Tokenizers by name, and where more of them are found. Immutable; safe for use by several threads. */
package io.inferometer.corpus.tokenizer;
