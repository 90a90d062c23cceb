/**
 * Files of prompts, read and written. A line that can't be read is named with its number and what is wrong.
 */
package io.inferometer.corpus.dataset;
