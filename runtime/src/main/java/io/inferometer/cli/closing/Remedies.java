package io.inferometer.cli.closing;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import io.inferometer.report.header.TrialHeader;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a user can do about requests that fail. */
public final class Remedies {
    private static final String OTHER_KEY = "OPENAI_API_KEY";
    /** What a message has that names the protocol to ask in itself. */
    private static final String PROTOCOL = "(--protocol ";

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy");
    /** Fields that not every endpoint takes, and that a request can do without. */
    private static final List<String> OPTIONAL =
            List.of("stream_options", "max_completion_tokens", "ignore_eos", "min_tokens");

    private final UnaryOperator<String> environment;

    public Remedies(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** What to do about the failure of a trial's answer, as a sentence of its own; empty likewise. */
    public Function<RequestTimeline, String> ofAnswers(TrialHeader trial) {
        return answer ->
                of(trial, answer.outcome(), answer.status(), answer.error()).replaceFirst("^; ", "");
    }

    /**
     * What to do, after a semicolon; empty where nothing can be told that the failure does not say itself.
     *
     * @param status the response's status, 0 where none came
     * @param message what is told of the failure
     */
    public String of(TrialHeader trial, Outcome outcome, int status, String message) {
        if (trial.simulated() || message.contains(PROTOCOL)) {
            return "";
        }
        return switch (outcome) {
            case HTTP_ERROR -> "; " + remedy(trial, status, message);
            case STREAM_ERROR -> cutOff(message) ? "; the endpoint, or a proxy before it, ended the stream" : "";
            case DECODE_ERROR ->
                foreign(message) ? "; is " + trial.endpoint().url() + " an endpoint of " + protocol(trial) + '?' : "";
            case TIMEOUT -> "; give more --timeout, or less load";
            case CONNECT_ERROR -> proxy();
            case CLIENT_ERROR, WRONG_ANSWER, CANCELLED, SUCCESS -> "";
        };
    }

    private static String protocol(TrialHeader trial) {
        Protocol asked = trial.endpoint().protocol().orElse(Protocol.CHAT);
        return switch (asked) {
            case CHAT -> "OpenAI's chat completions";
            case COMPLETIONS -> "OpenAI's completions";
            case RESPONSES -> "OpenAI's responses";
            case MESSAGES -> "Anthropic's messages";
            case EMBEDDINGS -> "OpenAI's embeddings";
            case RERANK -> "a rerank API";
        };
    }

    /** Whether the stream just ended; an endpoint that says why needs no guess. */
    private static boolean cutOff(String message) {
        return message.contains("broke off") || message.contains("without a finish reason");
    }

    /** Whether what came is no answer of this kind of endpoint; one that only holds no token, or too much, may be. */
    private static boolean foreign(String message) {
        return Stream.of(
                        "none with choices",
                        "in 0 events",
                        "no JSON",
                        "was asked for",
                        "no stream of events",
                        "is empty")
                .anyMatch(message::contains);
    }

    private String proxy() {
        return PROXIES.stream()
                .filter(this::isSet)
                .findFirst()
                .map(variable -> "; " + variable + " is set, and is not used: requests go to the endpoint itself")
                .orElse("");
    }

    private String remedy(TrialHeader trial, int status, String message) {
        return switch (status) {
            case 401, 403 -> key(trial.endpoint().apiKeyEnv());
            case 404 -> "check the URL, and that it serves the model " + trial.model();
            case 400, 413, 422 ->
                OPTIONAL.stream()
                        .filter(message::contains)
                        .findFirst()
                        .map(field -> field.equals("max_completion_tokens")
                                ? "--length-field max_tokens names the other field"
                                : "--omit " + field + " leaves it out")
                        .orElse("does the endpoint know this model and these fields, and hold prompts this long?");
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
