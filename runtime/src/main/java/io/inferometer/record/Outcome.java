package io.inferometer.record;

/** How a request ended. Only a success enters a latency. */
public enum Outcome {
    /** An answer with at least one token, complete. */
    SUCCESS("success"),
    /** A response with a status of 300 or more. */
    HTTP_ERROR("http_error"),
    /** Broken before there was a status. */
    CONNECT_ERROR("connect_error"),
    /** Broken after the status, or an error object in the stream. */
    STREAM_ERROR("stream_error"),
    /** Not what was asked for: broken JSON, or a response of status 200 without a token. */
    DECODE_ERROR("decode_error"),
    /** Complete, but wrong by the workload's own check. */
    WRONG_ANSWER("wrong_answer"),
    /** Not ended when its time was over. */
    TIMEOUT("timeout"),
    /** Not sent, as the client or its machine lacks what it takes: descriptors, ports. Says nothing of the endpoint. */
    CLIENT_ERROR("client_error"),
    /** Given up by the client because the run was ended. */
    CANCELLED("cancelled");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** {@return the name in result files} */
    public String label() {
        return label;
    }

    /** {@return whether it says nothing of the endpoint: the client gave the request up, or could not send it} */
    public boolean clientsOwn() {
        return this == CANCELLED || this == CLIENT_ERROR;
    }

    /**
     * {@return the outcome of that name in a result file}
     *
     * @param label as {@link #label} has it
     */
    public static Outcome ofLabel(String label) {
        for (Outcome outcome : values()) {
            if (outcome.label.equals(label)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no such outcome: " + label);
    }
}
