/** Readers of files of prompts. A line that can't be read is named with its number and what is wrong. */
package io.inferometer.corpus.dataset;
