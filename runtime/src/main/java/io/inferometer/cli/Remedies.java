package io.inferometer.cli;

import io.inferometer.record.Outcome;
import io.inferometer.report.header.TrialHeader;
import java.util.function.UnaryOperator;

/** What a user can do about requests that fail. */
final class Remedies {
    private static final String OTHER_KEY = "OPENAI_API_KEY";

    private final UnaryOperator<String> environment;

    Remedies(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * What to do, after a semicolon; empty where nothing can be told that the failure does not say itself.
     *
     * @param status the response's status, 0 where none came
     */
    String of(TrialHeader trial, Outcome outcome, int status) {
        if (trial.simulated()) {
            return "";
        }
        return switch (outcome) {
            case HTTP_ERROR -> "; " + remedy(trial, status);
            case STREAM_ERROR -> "; the endpoint, or a proxy before it, ended the stream";
            case DECODE_ERROR -> "; is " + trial.endpoint().url() + " an OpenAI-compatible chat endpoint?";
            case TIMEOUT -> "; give more --timeout, or less load";
            case CONNECT_ERROR, CLIENT_ERROR, WRONG_ANSWER, CANCELLED, SUCCESS -> "";
        };
    }

    private String remedy(TrialHeader trial, int status) {
        return switch (status) {
            case 401, 403 -> key(trial.endpoint().apiKeyEnv());
            case 404 -> "check the URL, and that it serves the model " + trial.model();
            case 400, 413, 422 -> "does the endpoint know this model and these fields, and hold prompts this long?";
            case 429 -> "the endpoint limits its rate: give less load, or wait";
            default -> status < 400 ? "redirects are not followed: give the URL it leads to" : "look at its log";
        };
    }

    private String key(String variable) {
        if (variable.isEmpty()) {
            return "no key was sent: name the variable that holds it with --api-key-env";
        }
        if (isSet(variable)) {
            return "is the key in " + variable + " this endpoint's, with the rights for this model?";
        }
        String other = isSet(OTHER_KEY) ? "; " + OTHER_KEY + " is set, but is never sent in its place" : "";
        return "no key was sent: " + variable + " is not set" + other;
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isBlank();
    }
}
