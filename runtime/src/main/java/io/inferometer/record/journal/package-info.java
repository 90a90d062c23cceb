/**
 * The journal: a file of JSON lines that has each request's record as soon as it has ended. {@code Journal} writes it,
 * on one thread; {@code JournalReader} reads it again, also one that was cut off.
 */
package io.inferometer.record.journal;
