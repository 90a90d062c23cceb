/**
 * What happened and when: the timeline of a request in flight, the record it becomes, and the journal that keeps it.
 *
 * <p>A timeline has one writer, the thread that reads the response. When the request ends it is handed, once, to the
 * recorder, whose own thread turns it into a record and hands that to its sink, which journals and reports it.
 */
package io.inferometer.record;
