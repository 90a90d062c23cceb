/**
 * What is written to an endpoint and what its bytes mean: bodies, server-sent events, the scanner of their JSON, errors.
 * No thread, no clock, no socket; what is called for each event allocates nothing.
 */
package io.inferometer.endpoint.protocol;
