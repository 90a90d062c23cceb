package io.inferometer.record;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words by which endpoints say that, and why, an answer ended; compared without case. */
public final class FinishReason {
    private static final Set<String> ENDED = Set.of(
            "stop",
            "length",
            "tool_calls",
            "tool_use",
            "function_call",
            "content_filter",
            "eos",
            "eos_token",
            "stop_sequence",
            "end_turn",
            "max_tokens",
            "model_length",
            "complete",
            "completed",
            "incomplete",
            "max_output_tokens",
            "model_context_window_exceeded",
            "pause_turn",
            "refusal",
            "safety",
            "recitation");

    private static final Set<String> BROKE = Set.of(
            "error",
            "abort",
            "aborted",
            "cancelled",
            "canceled",
            "timeout",
            "timeout_error",
            "server_error",
            "insufficient_system_resource",
            "failed",
            "malformed_function_call",
            "other_error");

    /** What some endpoints say in every event while the answer goes on. */
    private static final Set<String> GOES_ON = Set.of("", "null", "none", "finish_reason_unspecified");

    private static final Map<String, String> USUAL =
            ENDED.stream().collect(Collectors.toMap(Function.identity(), w -> w));

    private FinishReason() {}

    /**
     * {@return whether it says that the answer broke off; every word for an error does}
     *
     * @param word the endpoint's word
     */
    public static boolean broke(String word) {
        String lower = lower(word);
        return BROKE.contains(lower) || lower.endsWith("error");
    }

    /**
     * {@return whether it says that the answer has not ended, as {@code null} does that came as a text}
     *
     * @param word the endpoint's word
     */
    public static boolean goesOn(String word) {
        return GOES_ON.contains(lower(word.strip()));
    }

    /**
     * {@return whether it is neither a word for an answer that ended well nor one for one that broke off}
     *
     * @param word the endpoint's word
     */
    public static boolean unknown(String word) {
        return !word.isEmpty() && !ENDED.contains(lower(word)) && !broke(word);
    }

    /** The same word, as one object for all requests where it is a usual one. */
    static String shared(String word) {
        return USUAL.getOrDefault(word, word);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
