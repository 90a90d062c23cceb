/**
 * Files of conversations and agents, a reader a format. What a reader can't make a session of is refused with file, line,
 * key and reason, or passed over and counted where that was asked for; nothing is guessed.
 */
package io.inferometer.corpus.talk.file;
