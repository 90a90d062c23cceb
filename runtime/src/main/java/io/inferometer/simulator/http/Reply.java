package io.inferometer.simulator.http;

/**
 * What the API makes of a request: a response that can be sent at once, an answer to be generated, either of them once some
 * texts have been counted, or bytes that are no response at all.
 */
public sealed interface Reply permits HttpReply, Order, Counting, RawReply {}
