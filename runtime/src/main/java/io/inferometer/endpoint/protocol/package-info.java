/**
 * What the bytes mean that come of an endpoint: server-sent events, the scanners of their JSON, errors.
 * No thread, no clock, no socket; what is called for each event allocates nothing.
 */
package io.inferometer.endpoint.protocol;
