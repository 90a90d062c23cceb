/**
 * The bytes of a journal: the file that a run marks as its own while it writes it, the parts that go on with it once it is
 * long, and their lines. What the lines say is not known here.
 *
 * <p>A part is closed by the recorder's thread and packed by one of its own, {@code inferometer-journal-parts}.
 */
package io.inferometer.record.journal.part;
