package io.inferometer.simulator.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.inferometer.simulator.Await;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client understands what the endpoint says, and finds in it every member that it wants. */
class OpenAiJavaTest {
    private static final String FIVE = " tick tick tick tick tick";
    private static SimulatedEndpoint endpoint;
    private static OpenAIClient client;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        Profile profile = Profile.parse("metronome?ttft=1&itl=0.1&reasoning=0.5&cached=0.5");
        endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(profile).withApiKey("k3y"));
        client = client("k3y");
    }

    @AfterAll
    static void stop() {
        client.close();
        endpoint.close();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(endpoint.url() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @Test
    void chatsInOnePiece() {
        ChatCompletion answer = client.chat()
                .completions()
                .create(chat().maxCompletionTokens(10).build());

        assertThat(answer.choices().get(0).message().content()).contains(FIVE);
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(10);
        assertThat(answer.usage()
                        .orElseThrow()
                        .completionTokensDetails()
                        .orElseThrow()
                        .reasoningTokens())
                .contains(5L);
        assertThat(answer.usage()
                        .orElseThrow()
                        .promptTokensDetails()
                        .orElseThrow()
                        .cachedTokens())
                .contains(1L);
    }

    @Test
    void chatsInAStream() {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams params = chat().maxCompletionTokens(10)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();

        try (StreamResponse<ChatCompletionChunk> events =
                client.chat().completions().createStreaming(params)) {
            events.stream().forEach(event -> whole.accumulate(event.validate()));
        }

        assertThat(whole.chatCompletion().choices().get(0).message().content()).contains(FIVE);
        assertThat(whole.chatCompletion().usage().orElseThrow().completionTokens())
                .isEqualTo(10);
    }

    @Test
    void completes() {
        CompletionCreateParams params = CompletionCreateParams.builder()
                .model("m")
                .prompt("Hi there")
                .maxTokens(5)
                .build();

        Completion answer = client.completions().create(params);

        assertThat(answer.choices().get(0).text()).isEqualTo(FIVE);
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
        // The client's own model of a text completion has no room for the null that stands in every event but the last.
        OpenAIClient lenient = client.withOptions(options -> options.responseValidation(false));
        try (StreamResponse<Completion> events = lenient.completions().createStreaming(params)) {
            assertThat(events.stream()
                            .map(event -> event.choices().get(0).text())
                            .collect(Collectors.joining()))
                    .isEqualTo(FIVE);
        }
    }

    @Test
    void respondsInOnePiece() {
        Response response =
                client.responses().create(respond().maxOutputTokens(10).build());

        assertResponse(response);
    }

    @Test
    void respondsInAStream() {
        ResponseAccumulator whole = ResponseAccumulator.create();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder text = new StringBuilder();

        try (StreamResponse<ResponseStreamEvent> events =
                client.responses().createStreaming(respond().maxOutputTokens(10).build())) {
            events.stream().forEach(event -> {
                whole.accumulate(event.validate());
                event.reasoningTextDelta().ifPresent(delta -> reasoning.append(delta.delta()));
                event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
            });
        }

        assertThat(reasoning).hasToString(FIVE);
        assertThat(text).hasToString(FIVE);
        assertResponse(whole.response());
    }

    private static void assertResponse(Response response) {
        assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(response.output()).hasSize(2);
        assertThat(response.output()
                        .get(0)
                        .asReasoning()
                        .content()
                        .orElseThrow()
                        .get(0)
                        .text())
                .isEqualTo(FIVE);
        assertThat(response.output()
                        .get(1)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text())
                .isEqualTo(FIVE);
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(10);
        assertThat(response.usage().orElseThrow().outputTokensDetails().reasoningTokens())
                .isEqualTo(5);
        assertThat(response.usage().orElseThrow().inputTokensDetails().cachedTokens())
                .isEqualTo(1);
    }

    @Test
    void embeds() {
        CreateEmbeddingResponse answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("m")
                        .inputOfArrayOfStrings(List.of("one", "two"))
                        .dimensions(16)
                        .build());

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.data().get(0).embedding()).hasSize(16);
        assertThat(answer.data().get(0).embedding())
                .isNotEqualTo(answer.data().get(1).embedding());
        assertThat(answer.data().get(0).embedding().stream()
                        .mapToDouble(x -> x * x)
                        .sum())
                .isEqualTo(1);
        assertThat(answer.usage().promptTokens()).isEqualTo(2);
    }

    @Test
    void runsABatch() throws Exception {
        String line =
                "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\","
                        + "\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";
        Path file = Files.writeString(directory.resolve("requests.jsonl"), line);

        FileObject input = client.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.BATCH)
                        .file(file)
                        .build());
        Batch batch = client.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(input.id())
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build());
        String id = batch.id();
        Await.until(() -> client.batches().retrieve(id).status().equals(Batch.Status.COMPLETED));
        Batch ended = client.batches().retrieve(id);

        assertThat(input.filename()).isEqualTo("requests.jsonl");
        assertThat(ended.requestCounts().orElseThrow().completed()).isEqualTo(1);
        assertThat(ended.usage().orElseThrow().outputTokens()).isEqualTo(2);
        assertThat(client.batches().list().data()).hasSize(1);
        try (HttpResponse content = client.files().content(ended.outputFileId().orElseThrow())) {
            assertThat(new String(content.body().readAllBytes(), UTF_8))
                    .startsWith("{\"id\":\"batch_req_1\",\"custom_id\":\"a\",\"response\":{\"status_code\":200,");
        }
        assertThat(client.files().list().data()).hasSize(2);
        assertThat(client.files().delete(input.id()).deleted()).isTrue();
    }

    @Test
    void understandsErrors() {
        OpenAIClient stranger = client("other");
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> stranger.models().list())
                .withMessageContaining("the API key in the Authorization header is wrong");
        stranger.close();
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.responses()
                        .create(respond().maxOutputTokens(10_000_000).build()))
                .withMessageContaining("max_output_tokens must be a whole number from 1 to 1000000");
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder().model("m").addUserMessage("Hi there");
    }

    private static ResponseCreateParams.Builder respond() {
        return ResponseCreateParams.builder().model("m").input("Hi there");
    }
}
