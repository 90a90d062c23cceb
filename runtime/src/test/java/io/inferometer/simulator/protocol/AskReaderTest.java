package io.inferometer.simulator.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskReaderTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void readsWhatTheAnswerDependsOnAndIgnoresTheRest() throws ApiException {
        Ask ask = parse("""
                {
                  "temperature" : 0.5, "stop" : [ "a", "b" ], "ignore_eos" : true,
                  "model" : "m",
                  "tools" : [ { "function" : { "name" : "f", "content" : "not a message" } } ],
                  "stream_options" : { "include_usage" : true, "other" : [ 1 ] },
                  "messages" : [ { "role" : "system", "content" : "12345678" } ],
                  "max_tokens" : 7,
                  "stream" : true
                }
                """);

        assertThat(ask).isEqualTo(chat(List.of("12345678"), new Ask.Text(true, true, 7, true, "")));
    }

    @Test
    void whatIsAbsentOrNullHasADefault() throws ApiException {
        Ask expected = chat(List.of("hi"), new Ask.Text(false, false, 0, false, ""));

        assertThat(parse("{\"model\":\"m\"," + MESSAGES + "}")).isEqualTo(expected);
        assertThat(parse("{\"model\":\"m\",\"stream\":null,\"stream_options\":null,\"max_tokens\":null,\"n\":1,"
                        + MESSAGES + "}"))
                .isEqualTo(expected);
    }

    @Test
    void maxCompletionTokensGoesBeforeMaxTokens() throws ApiException {
        assertThat(parse("{\"model\":\"m\",\"max_completion_tokens\":3,\"max_tokens\":9," + MESSAGES + "}")
                        .text()
                        .maxTokens())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"content\":\"\"}]                                                          | 1",
                "[{\"content\":\"1234\"}]                                                      | 1",
                "[{\"content\":\"12345\"}]                                                     | 2",
                "[{\"content\":\"1234\"},{\"content\":\"12345\"}]                              | 3",
                "[{\"content\":\"éé\"}]                                                        | 1",
                "[{\"content\":\"ééé\"}]                                                       | 2",
                "[{\"content\":\"日本\"}]                                                      | 2",
                "[{\"content\":\"😀😀\"}]                                                      | 2",
                "[{\"content\":[{\"type\":\"text\",\"text\":\"12345678\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}] | 2",
                "[{\"role\":\"a role does not count\",\"content\":\"1234\"}]                   | 1",
            })
    void aPromptIsAQuarterOfItsBytesLong(String messages, int tokens) throws ApiException {
        assertThat(parse("{\"model\":\"m\",\"messages\":" + messages + "}").estimatedPromptTokens())
                .isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | the body must be a JSON object",
                "[]                                     | the body must be a JSON object",
                "{\"messages\":[{}]}                    | model is missing",
                "{\"model\":1,\"messages\":[{}]}        | model must be a string",
                "{\"model\":\"m\"}                      | messages must be a list of at least one message",
                "{\"model\":\"m\",\"messages\":[]}      | messages must be a list of at least one message",
                "{\"model\":\"m\",\"messages\":{\"a\":[{}]}} | messages must be a list of at least one message",
                "{\"max_tokens\":0}                     | max_tokens must be a whole number from 1 to 1000000",
                "{\"max_tokens\":1000001}               | max_tokens must be a whole number from 1 to 1000000",
                "{\"max_tokens\":99999999999999999999}  | max_tokens must be a whole number from 1 to 1000000",
                "{\"max_tokens\":1.5}                   | max_tokens must be a whole number from 1 to 1000000",
                "{\"max_completion_tokens\":\"9\"}      | max_completion_tokens must be a whole number from 1 to 1000000",
                "{\"stream\":1}                         | stream must be true or false",
                "{\"stream_options\":true}              | stream_options must be an object",
                "{\"stream_options\":{\"include_usage\":1}} | stream_options.include_usage must be true or false",
                "{\"n\":2}                              | n must be 1",
                "{} {}                                  | the body must be one JSON object and nothing after it",
            })
    void tellsInOneLineWhatIsWrong(String body, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(body))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "{\"model\":\"m\",\"messages\":[{\"content\":\"half", "{\"messages\":[[[", "{model:1}", "{} x"
            })
    void tellsThatABodyIsNotJson(String body) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(body))
                .withMessageStartingWith("the body is not JSON: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"12345678\"'      | 2",
                "'[\"12345678\"]'    | 2",
                "'[5, 6, 7]'         | 3",
                "'[[5, 6, 7, 8]]'    | 4",
            })
    void aTextCompletionsPromptIsOneTextOrTheIdsOfOne(String prompt, int tokens) throws ApiException {
        assertThat(text(prompt).estimatedPromptTokens()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "7", "true", "{}", "[]", "[\"a\",\"b\"]", "[[1],[2]]", "[{}]", "[true]", "[\"a\",[1]]"})
    void anyOtherPromptIsRefused(String prompt) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> text(prompt))
                .withMessage("prompt must be a text, or a list of one text or of token ids");
    }

    @Test
    void aTextCompletionNeedsNoMessages() throws ApiException {
        assertThat(text("\"hi\"").texts()).containsExactly("hi");
    }

    private static Ask chat(List<String> texts, Ask.Text wish) {
        return new Ask(Protocol.CHAT, "m", new Ask.Prompt(texts, List.of()), wish);
    }

    private static Ask text(String prompt) throws ApiException {
        return read(Protocol.COMPLETIONS, "{\"model\":\"m\",\"prompt\":" + prompt + ",\"max_tokens\":3}");
    }

    private static Ask parse(String body) throws ApiException {
        return read(Protocol.CHAT, body);
    }

    private static Ask read(Protocol protocol, String body) throws ApiException {
        byte[] bytes = ("xx" + body + "yy").getBytes(UTF_8);
        return protocol.read(bytes, 2, bytes.length - 4, "");
    }
}
