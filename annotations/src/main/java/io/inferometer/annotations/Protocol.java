package io.inferometer.annotations;

/** The protocols that an endpoint may be asked in: which path, which body, and what its answers look like. */
public enum Protocol {
    /** OpenAI's chat completions, {@code /v1/chat/completions}: a conversation. */
    CHAT,
    /** OpenAI's completions, {@code /v1/completions}: a prompt that is gone on with, as text or token ids. */
    COMPLETIONS,
    /** OpenAI's responses, {@code /v1/responses}: a conversation. */
    RESPONSES,
    /** Anthropic's messages, {@code /v1/messages}: a conversation. */
    MESSAGES,
    /** OpenAI's embeddings, {@code /v1/embeddings}: a batch of texts. No stream. */
    EMBEDDINGS,
    /** The rerank API of vLLM and its kin, {@code /v1/rerank}: documents to be put in order. No stream. */
    RERANK
}
