/** Prompts as chains of blocks of tokens, and which blocks an engine keeps. Confined to one thread at a time. */
package io.inferometer.simulator.cache;
