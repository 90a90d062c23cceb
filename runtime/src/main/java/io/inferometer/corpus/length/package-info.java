/** Laws by which lengths of prompts and answers are drawn: pure, the same for the same random numbers. */
package io.inferometer.corpus.length;
