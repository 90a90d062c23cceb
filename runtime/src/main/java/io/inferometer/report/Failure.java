package io.inferometer.report;

import io.inferometer.record.Outcome;

/**
 * What went wrong with some measured requests of a trial in the same way.
 *
 * @param outcome how they ended
 * @param status the response's status, 0 where none came
 * @param message what went wrong, on one line, with the endpoint's own message
 * @param requests how many
 */
public record Failure(Outcome outcome, int status, String message, long requests) {}
