package io.inferometer.simulator.protocol;

import io.inferometer.simulator.cache.Prompt;
import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.fault.Fault;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer to be generated.
 *
 * @param ask what was asked for
 * @param lengths how long prompt and answer are
 * @param prompt what is to be read, and how much of it was found in the cache
 * @param id the answer's id, without its prefix
 * @param createdSeconds when it was ordered, Unix time
 * @param fault what is to go wrong
 */
public record Order(Ask ask, AnswerLaw.Lengths lengths, Prompt prompt, long id, long createdSeconds, Fault fault) {
    /** The text of each token: one token for the usual tokenizers, however often it is repeated. */
    static final String TOKEN = " tick";

    /** What stands before and after the text of a tool's arguments, in a JSON string. */
    static final String ARGUMENTS = "{\\\"text\\\":\\\"";

    static final String ARGUMENTS_END = "\\\"}";

    private static final int FALSE_BY = 4;

    /** The answer's id, as a JSON value. */
    String quotedId() {
        return '"' + ask.protocol().idPrefix() + id + '"';
    }

    /** The model's name, as a JSON value. */
    String quotedModel() {
        return JsonText.quote(ask.model());
    }

    /** The members that every object of a completion has: {@code "id":…,"object":…,"created":…,"model":…}. */
    String identity(String object) {
        return "\"id\":" + quotedId() + ",\"object\":\"" + object + "\",\"created\":" + createdSeconds + ",\"model\":"
                + quotedModel();
    }

    public int promptTokens() {
        return lengths.promptTokens();
    }

    /** The same as the model schedules it. Even an answer without a token ends at some time: when the first was due. */
    public Generation generation(Generation.Sink sink) {
        return new Generation(prompt, Math.max(1, outputTokens()), sink);
    }

    /** How many tokens the answer has. */
    public int outputTokens() {
        return fault == Fault.EMPTY ? 0 : lengths.outputTokens();
    }

    /** How many of them are reasoning. They come first. A text completion does not tell them from the rest. */
    public int reasoningTokens() {
        return fault == Fault.EMPTY || ask.protocol() == Protocol.COMPLETIONS ? 0 : lengths.reasoningTokens();
    }

    /** How many of them are in an answer's visible part. */
    int visibleTokens() {
        return outputTokens() - reasoningTokens();
    }

    /** The function that the visible part calls, empty if it is text. */
    String tool() {
        return visibleTokens() == 0 ? "" : ask.text().tool();
    }

    /** The id of that call. */
    String callId() {
        return "call_" + id;
    }

    /** Whether the answer is whole: it ended by itself, or by calling a function, not at its limit. */
    boolean whole() {
        return fault == Fault.EMPTY || lengths.ended() || !tool().isEmpty();
    }

    /** The text of some tokens. */
    static String text(int tokens) {
        return TOKEN.repeat(tokens);
    }

    /** The arguments of the call, as they stand in a JSON string. */
    String arguments() {
        return ARGUMENTS + text(visibleTokens()) + ARGUMENTS_END;
    }

    /** The members of the answer in one piece, in its protocol. */
    public String members() {
        return switch (ask.protocol()) {
            case CHAT, COMPLETIONS -> CompletionBody.members(this);
            case RESPONSES -> ResponseBody.members(this);
            case MESSAGES -> MessageBody.members(this);
            case EMBEDDINGS -> PooledBody.embeddings(this, (Ask.Vectors) ask.wish());
            case RERANK -> PooledBody.ranking(this, (Ask.Ranking) ask.wish());
        };
    }

    /** The error that an answer meets which is to fail midway. */
    public ApiException failure() {
        return broken();
    }

    /** The error of any answer that fails midway. */
    public static ApiException broken() {
        return ApiException.of(
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                "the answer failed midway, as the profile says",
                "server_error",
                "internal_error");
    }

    /** Whether token counts are told, where they are asked for. */
    boolean tellsUsage() {
        return fault != Fault.NO_USAGE;
    }

    /** Whether false token counts are told before the true ones. */
    boolean tellsFalseUsageFirst() {
        return fault == Fault.TWO_USAGES;
    }

    /** The token counts. */
    public Usage usage() {
        return fault == Fault.FALSE_USAGE ? falseUsage() : trueUsage();
    }

    /** Token counts that are too low by a factor. */
    Usage falseUsage() {
        return trueUsage().over(FALSE_BY);
    }

    private Usage trueUsage() {
        return new Usage(promptTokens(), prompt.cachedTokens(), outputTokens(), reasoningTokens());
    }
}
