package io.inferometer.corpus.trace;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request of a trace or a data set.
 *
 * @param line the line that it begins on, from 1
 * @param at when it began, from the trace's own beginning; empty where the file doesn't say
 * @param asked what the model was given
 * @param outputTokens how long its answer was, or is to be, at least 1; empty where the file doesn't say
 * @param fields other fields of its body, JSON by name
 */
public record TracedRequest(
        long line, Optional<Duration> at, Asked asked, OptionalInt outputTokens, Map<String, String> fields) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param line as of the record
     * @param at as of the record
     * @param asked as of the record
     * @param outputTokens as of the record
     * @param fields copied
     */
    public TracedRequest {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(asked, "asked");
        fields = Map.copyOf(fields);
    }

    /** What a model is given. */
    public sealed interface Asked {
        /**
         * Nothing but a length is known, and what is shared with other prompts; the text has to be made up.
         *
         * @param blocks what is known
         */
        record Blocks(HashBlocks blocks) implements Asked {}

        /**
         * A text, and images by their addresses.
         *
         * @param text what the user says
         * @param images their URLs, {@code data:} among them; empty for none
         */
        record Text(String text, List<String> images) implements Asked {
            /**
             * Copies what it is given.
             *
             * @param text as of the record
             * @param images copied
             */
            public Text {
                images = List.copyOf(images);
            }
        }

        /**
         * A conversation, as a JSON array in the words of chat completions.
         *
         * @param json the text of the array
         */
        record Messages(String json) implements Asked {}

        /**
         * A whole body, a JSON object that is sent as it is.
         *
         * @param json the text of the object
         */
        record Payload(String json) implements Asked {}
    }
}
