package io.inferometer.endpoint;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Usage;
import java.net.URI;
import java.util.Map;

/**
 * A request as it goes over the wire, made before it is due.
 *
 * @param uri where it goes
 * @param protocol the protocol that it is of
 * @param headers all its headers but those of the connection and the length; may hold the key, so it is printed nowhere
 * @param body the serialised body; not to be changed
 * @param streamed whether it asks for a stream
 * @param expectedPromptTokens the prompt's tokens by the client's tokenizer; {@link Usage#ABSENT} where unknown
 * @param requestedOutputTokens the longest answer it asks for; {@link Usage#ABSENT} where none
 * @param ignoreEos whether it asks the endpoint to go on to that length
 * @param items how many texts it has embedded, or documents put in order; 0 where it asks for text
 * @param sharedPromptTokens how many leading tokens an earlier request had, by the data; {@link Usage#ABSENT} where unknown
 * @param dueNanos when it is to be sent, from the beginning of its iteration; {@link #UNSCHEDULED} where the load says so
 * @param traceId the id of the trace that its headers name; empty unless it is to be sent as one
 */
public record WireRequest(
        URI uri,
        Protocol protocol,
        Map<String, String> headers,
        byte[] body,
        boolean streamed,
        int expectedPromptTokens,
        int requestedOutputTokens,
        boolean ignoreEos,
        int items,
        int sharedPromptTokens,
        long dueNanos,
        String traceId) {
    /** It has no time of its own. */
    public static final long UNSCHEDULED = -1;

    /** A request without a time of its own, which shares nothing that is known. */
    public WireRequest(
            URI uri,
            Protocol protocol,
            Map<String, String> headers,
            byte[] body,
            boolean streamed,
            int expectedPromptTokens,
            int requestedOutputTokens,
            boolean ignoreEos,
            int items) {
        this(
                uri,
                protocol,
                headers,
                body,
                streamed,
                expectedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                items,
                Usage.ABSENT,
                UNSCHEDULED,
                "");
    }

    /** The same at a time of its own. */
    public WireRequest due(long nanos) {
        return new WireRequest(
                uri,
                protocol,
                headers,
                body,
                streamed,
                expectedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                items,
                sharedPromptTokens,
                nanos,
                traceId);
    }

    /** Says where it goes and how long it is; never its headers. */
    @Override
    public String toString() {
        return "WireRequest[" + uri + ", " + body.length + " bytes]";
    }
}
