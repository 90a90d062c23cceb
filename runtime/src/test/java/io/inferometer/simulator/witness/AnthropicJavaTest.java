package io.inferometer.simulator.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Anthropic's own client understands what the endpoint says, and finds in it every member that it wants. */
class AnthropicJavaTest {
    private static final String FIVE = " tick tick tick tick tick";
    private static SimulatedEndpoint endpoint;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws IOException {
        Profile profile = Profile.parse("metronome?ttft=1&itl=0.1&reasoning=0.5&cached=0.5");
        endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(profile).withApiKey("k3y").withModels(List.of("m")));
        client = client("k3y");
    }

    @AfterAll
    static void stop() {
        client.close();
        endpoint.close();
    }

    private static AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(endpoint.url())
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @Test
    void saysAMessageInOnePiece() {
        assertMessage(client.messages().create(ask().build()));
    }

    @Test
    void saysAMessageInAStream() {
        assertMessage(streamed(ask().build()));
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static void assertMessage(Message message) {
        assertThat(message.content()).hasSize(2);
        assertThat(message.content().get(0).asThinking().thinking()).isEqualTo(FIVE);
        assertThat(message.content().get(0).asThinking().signature()).isEqualTo("c2ltdWxhdGVk");
        assertThat(message.content().get(1).asText().text()).isEqualTo(FIVE);
        assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(message.usage().inputTokens()).isEqualTo(1);
        assertThat(message.usage().cacheReadInputTokens()).contains(1L);
        assertThat(message.usage().outputTokens()).isEqualTo(10);
    }

    @Test
    void callsAToolThatItHasTo() {
        MessageCreateParams params = ask().addTool(Tool.builder()
                        .name("look_up")
                        .inputSchema(Tool.InputSchema.builder().build())
                        .build())
                .toolChoice(ToolChoiceAny.builder().build())
                .build();

        for (Message message : List.of(client.messages().create(params), streamed(params))) {
            assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
            assertThat(message.content().get(1).asToolUse().name()).isEqualTo("look_up");
            assertThat(message.content().get(1).asToolUse()._input()).isEqualTo(JsonValue.from(Map.of("text", FIVE)));
        }
    }

    @Test
    void understandsErrors() {
        AnthropicClient stranger = client("other");
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> stranger.messages().create(ask().build()))
                .withMessageContaining("authentication_error")
                .withMessageContaining("the API key in the x-api-key header is wrong");
        stranger.close();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.messages().create(ask().model("other").build()))
                .withMessageContaining("no model 'other'; served: m");
    }

    private static MessageCreateParams.Builder ask() {
        return MessageCreateParams.builder().model("m").maxTokens(10).addUserMessage("Hi there");
    }
}
