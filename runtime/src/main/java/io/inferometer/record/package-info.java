/**
 * What happened and when: the timeline of a request in flight, the record it becomes, and the journal that keeps it.
 *
 * <p>A timeline has one writer, the thread that reads the response. When the request ends it is handed, once, to the
 * recorder, whose own thread turns it into a record, appends it to the journal and passes it on.
 */
package io.inferometer.record;
