/**
 * The Batch API of OpenAI and its kin: a file of requests goes up, a job is made of it, is looked at until it ends, and
 * its files come down.
 *
 * <p>All of it is control, none of it is measured: always java.net.http, on threads of its own. Files are never in memory as
 * a whole: they go from the disk and to it, and are read a line at a time.
 */
package io.inferometer.endpoint.batch;
