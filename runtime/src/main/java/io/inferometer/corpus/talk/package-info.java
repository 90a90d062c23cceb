/**
 * Sessions as they were recorded, or as they are to be played: the one model that every format of conversations and agents
 * is read to. Values alone: no file, no clock, no tokenizer.
 */
package io.inferometer.corpus.talk;
