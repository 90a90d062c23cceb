/**
 * What is declared and what is mistaken in it: our annotations where they stand, every rule with its message, and the
 * mistakes of a class, printed at their places.
 */
package io.inferometer.processor.declaration;
