package io.inferometer.simulator.protocol;

/**
 * Token counts, in the words of each protocol.
 *
 * @param prompt tokens of the prompt, those in the cache included
 * @param cached how many of those are in the cache
 * @param output tokens of the answer, its reasoning included
 * @param reasoning how many of those are reasoning
 */
public record Usage(long prompt, long cached, long output, long reasoning) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(
                prompt + other.prompt, cached + other.cached, output + other.output, reasoning + other.reasoning);
    }

    /** What a prompt takes before its answer has begun. */
    Usage atStart() {
        return new Usage(prompt, cached, 0, 0);
    }

    /** The same counts, too low by a factor. */
    Usage over(int factor) {
        return new Usage(prompt / factor, cached / factor, output / factor, reasoning / factor);
    }

    private long total() {
        return prompt + output;
    }

    /** As chat and text completions say it. */
    String completions() {
        return "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + output + ",\"total_tokens\":" + total()
                + ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached + "}"
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoning + "}}";
    }

    /** As responses say it. */
    public String responses() {
        return "{\"input_tokens\":" + prompt + ",\"input_tokens_details\":{\"cached_tokens\":" + cached
                + "},\"output_tokens\":" + output + ",\"output_tokens_details\":{\"reasoning_tokens\":" + reasoning
                + "},\"total_tokens\":" + total() + "}";
    }

    /** As messages say it: the input without what is in the cache. */
    String messages() {
        return "{\"input_tokens\":" + (prompt - cached) + ",\"cache_creation_input_tokens\":0"
                + ",\"cache_read_input_tokens\":" + cached + ",\"output_tokens\":" + output + "}";
    }

    /** As embeddings and rankings say it. */
    String pooled() {
        return "{\"prompt_tokens\":" + prompt + ",\"total_tokens\":" + prompt + "}";
    }
}
