/**
 * What is written to an endpoint: the path, the headers and the bodies of each protocol, and which scanner reads what comes
 * back. Off the hot path: bodies are written before requests are due.
 */
package io.inferometer.endpoint.request;
