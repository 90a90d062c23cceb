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
        int items) {
    /** Says where it goes and how long it is; never its headers. */
    @Override
    public String toString() {
        return "WireRequest[" + uri + ", " + body.length + " bytes]";
    }
}
