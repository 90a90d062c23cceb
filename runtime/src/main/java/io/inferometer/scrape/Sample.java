package io.inferometer.scrape;

import java.util.Map;

/**
 * A line of a page of metrics.
 *
 * @param labels by name, in their order
 * @param value may be infinite, or NaN
 */
record Sample(String name, Map<String, String> labels, double value) {}
