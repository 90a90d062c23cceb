package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that others wrote finds what it expects. */
class OpenAiClientTest {
    private SimulatedEndpoint endpoint;

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void getsAWholeAnswer() throws IOException {
        start("metronome?ttft=1&itl=0.1");

        ChatResponse response = model("k3y").chat(UserMessage.from("hello, world"));

        assertAnswer(response, 5);
    }

    @Test
    void getsAStream() throws IOException {
        start("metronome?ttft=1&itl=0.1");
        List<String> texts = new CopyOnWriteArrayList<>();
        CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        OpenAiStreamingChatModel.builder()
                .baseUrl(endpoint.url() + "/v1")
                .apiKey("k3y")
                .modelName("m")
                .maxCompletionTokens(5)
                .build()
                .chat("hello, world", new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String text) {
                        texts.add(text);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse complete) {
                        response.complete(complete);
                    }

                    @Override
                    public void onError(Throwable error) {
                        response.completeExceptionally(error);
                    }
                });

        assertAnswer(response.join(), 5);
        assertThat(texts).containsExactly(" tick", " tick", " tick", " tick", " tick");
    }

    private static void assertAnswer(ChatResponse response, int tokens) {
        assertThat(response.aiMessage().text()).isEqualTo(" tick".repeat(tokens));
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.modelName()).isEqualTo("m");
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(tokens);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(3);
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(tokens + 3);
    }

    @Test
    void learnsThatItsKeyIsWrong() throws IOException {
        start("metronome");

        assertThatThrownBy(() -> model("other").chat("hello"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("the API key in the Authorization header is wrong");
    }

    @Test
    void learnsThatItAsksTooOften() throws IOException {
        start("metronome?fault=429");

        assertThatThrownBy(() -> model("k3y").chat("hello"))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("too many requests, as the profile says");
    }

    private void start(String profile) throws IOException {
        endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(Profile.parse(profile)).withApiKey("k3y"));
    }

    private OpenAiChatModel model(String key) {
        return OpenAiChatModel.builder()
                .baseUrl(endpoint.url() + "/v1")
                .apiKey(key)
                .modelName("m")
                .maxTokens(5)
                .maxRetries(0)
                .build();
    }
}
