/**
 * The wire: from a request to the timeline of its response.
 *
 * <p>A {@link io.inferometer.endpoint.Target} serialises requests ahead of time and sends them; a
 * {@link io.inferometer.endpoint.Transport} moves bytes; an {@link io.inferometer.endpoint.Exchange} stamps, decodes and
 * scans what comes back, on the thread that read it; a response, which knows no time and no transport, is what it amounts
 * to. Nothing of ours is allocated for an event, no lock is taken and nothing is handed to another thread; callbacks never
 * block. The end of a request is decided once.
 */
package io.inferometer.endpoint;
