package io.inferometer.endpoint;

/**
 * How many bytes went over the wire on average. Each is NaN where there was none.
 *
 * @param request the body of a request
 * @param spread the standard deviation of that
 * @param event an event of a stream
 * @param answer an answer in one body
 */
public record MeanSizes(double request, double spread, double event, double answer) {}
