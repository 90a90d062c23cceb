package io.inferometer.instrument;

import io.inferometer.annotations.Protocol;
import io.inferometer.workload.InferenceRequest;
import java.util.List;

/**
 * How an endpoint is asked.
 *
 * @param protocol what requests and answers look like
 * @param tls whether connections are encrypted
 */
public record Wire(Protocol protocol, boolean tls) {
    /** Whether answers are tokens, which may be streamed. */
    boolean generates() {
        return protocol != Protocol.EMBEDDINGS && protocol != Protocol.RERANK;
    }

    /**
     * A request of the protocol.
     *
     * @param text what the model is given
     * @param streamed whether the answer is streamed, where that can be
     * @param tokens of the answer, where it has any
     */
    InferenceRequest request(String text, boolean streamed, int tokens) {
        return switch (protocol) {
            case CHAT, RESPONSES, MESSAGES ->
                InferenceRequest.chat(text).streaming(streamed).maxOutputTokens(tokens);
            case COMPLETIONS ->
                InferenceRequest.completion(text).streaming(streamed).maxOutputTokens(tokens);
            case EMBEDDINGS -> InferenceRequest.embedding(text).streaming(false);
            case RERANK -> InferenceRequest.rerank(text, List.of("a document")).streaming(false);
        };
    }
}
