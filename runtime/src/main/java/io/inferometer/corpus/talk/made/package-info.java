/** Conversations that are made up, as a description of their lengths asks for. Seeded and pure. */
package io.inferometer.corpus.talk.made;
