package io.inferometer.report;

/**
 * A named warning: something that a reader of the numbers should know.
 *
 * @param name what it is about, the same in every report
 * @param text one line: the figure, and what it means or what to do
 */
public record Flag(String name, String text) {}
