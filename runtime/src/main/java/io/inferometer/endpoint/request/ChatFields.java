package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The fields of chat completions, by what becomes of them in a protocol that has no place for them. */
final class ChatFields {
    /** What a conversation has besides its messages: without it something else would be asked. */
    private static final Set<String> OF_CONVERSATIONS = Set.of("tools", "tool_choice", "functions", "function_call");

    /** What the tokens of an answer are chosen by, and how long it gets: wishes. */
    private static final Set<String> OF_SAMPLING = Set.of(
            "seed",
            "stop",
            "ignore_eos",
            "min_tokens",
            "presence_penalty",
            "frequency_penalty",
            "repetition_penalty",
            "logit_bias",
            "logprobs");

    private static final Set<String> OF_GENERATION =
            Set.of("temperature", "top_p", "top_k", "min_p", "top_logprobs", "reasoning_effort", "verbosity");

    private ChatFields() {}

    static boolean ofConversations(String name) {
        return OF_CONVERSATIONS.contains(name);
    }

    /** Whether a field is a wish about sampling that only chat completions and completions have. */
    static boolean ofSampling(String name) {
        return OF_SAMPLING.contains(name);
    }

    /** Whether a field is a wish about tokens of an answer, of which there are none where nothing is generated. */
    static boolean ofGeneration(String name) {
        return ofSampling(name) || OF_GENERATION.contains(name);
    }

    /** Whether a field asks for one answer, which is what there is without it. */
    static boolean oneAnswer(String name, JsonNode value) {
        return name.equals("n") && value.asInt() == 1;
    }

    /** Whether the field would change what an answer is, rather than which one it gets. */
    static boolean ofForm(String name) {
        return name.equals("n") || name.equals("response_format") || ofConversations(name);
    }
}
