package io.inferometer.endpoint.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.annotations.Protocol;
import io.inferometer.workload.InferenceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodyWriterTest {
    private static final InferenceRequest ASK =
            InferenceRequest.chat("Hi").maxOutputTokens(20).ignoreEos(true);

    @Test
    void whatIsNullInTheExtraBodyIsLeftOut() {
        assertThat(body(ASK, "", "{\"stream_options\":null,\"ignore_eos\":null,\"unknown\":null,\"max_tokens\":20}"))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,"
                        + "\"max_completion_tokens\":20,\"max_tokens\":20}");
    }

    @Test
    void theLongestAnswerStandsInTheFieldThatIsNamed() {
        assertThat(body(ASK.ignoreEos(false).streaming(false), "max_new_tokens", ""))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                        + "\"max_new_tokens\":20}");
    }

    @Test
    void aTinyRequestNamesNoFieldThatIsLeftOut() {
        InferenceRequest unlimited = InferenceRequest.chat("Hi").streaming(false);

        assertThat(tiny(ASK, "", "{\"max_completion_tokens\":null}")).doesNotContain("max_");
        assertThat(tiny(ASK, "max_tokens", "")).contains("\"max_tokens\":8").doesNotContain("max_completion");
        assertThat(tiny(ASK, "", "{\"max_completion_tokens\":null,\"max_tokens\":20}"))
                .contains("\"max_tokens\":8")
                .doesNotContain("max_completion");
        assertThat(tiny(unlimited, "", "")).contains("\"max_completion_tokens\":8");
        assertThat(tiny(unlimited, "max_tokens", "")).contains("\"max_tokens\":8");
    }

    @Test
    void knowsTheFieldOfTheLimit() {
        assertThat(limit(ASK, "")).isEqualTo("max_completion_tokens");
        assertThat(limit(ASK, "max_new_tokens")).isEqualTo("max_new_tokens");
        assertThat(limit(InferenceRequest.chat("Hi"), "")).isEmpty();
    }

    @Test
    void severalChoicesInOneStreamAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> body(ASK, "", "{\"n\":2}"))
                .withMessage("n is 2: the tokens of several choices in one stream can't be told apart; ask for one, or"
                        + " give --no-streaming");
        assertThat(body(ASK.streaming(false), "", "{\"n\":2}")).contains("\"n\":2");
        assertThat(body(ASK, "", "{\"n\":1}")).contains("\"n\":1");
    }

    @Test
    void aBodyThatIsSentAsItIsKeepsItsModelUnlessAnotherIsAskedFor() {
        String json = "{\"stream\":true,\"odd\":1.50,\"model\":\"theirs\",\"messages\":[]}";
        BodyWriter left = new BodyWriter(WireProtocol.of(Protocol.CHAT), "m", false, "", "");
        BodyWriter asked = new BodyWriter(WireProtocol.of(Protocol.CHAT), "m", true, "", "{\"odd\":null}");

        assertThat(text(left.body(InferenceRequest.asIs(json), Optional.empty()).bytes()))
                .isEqualTo(json);
        assertThat(left.notes()).isEmpty();
        assertThat(text(asked.body(InferenceRequest.asIs(json), Optional.empty())
                        .bytes()))
                .isEqualTo("{\"stream\":true,\"model\":\"m\",\"messages\":[]}");
        assertThat(asked.notes())
                .containsExactly(
                        "the odd of bodies that are sent as they are is replaced, or left out, as was asked",
                        "the model of bodies that are sent as they are, theirs, is replaced by m");
    }

    @Test
    void aBodyThatIsSentAsItIsGetsNoModelWhereItHasNone() {
        BodyWriter left = new BodyWriter(WireProtocol.of(Protocol.CHAT), "m", false, "", "");

        assertThat(text(left.body(InferenceRequest.asIs("{\"messages\":[]}"), Optional.empty())
                        .bytes()))
                .isEqualTo("{\"messages\":[]}");
    }

    private static String body(InferenceRequest request, String lengthField, String extra) {
        return text(bytes(request, lengthField, extra));
    }

    private static byte[] bytes(InferenceRequest request, String lengthField, String extra) {
        return writer(lengthField, extra).body(request, Optional.empty()).bytes();
    }

    private static String tiny(InferenceRequest request, String lengthField, String extra) {
        return text(writer(lengthField, extra).tiny(bytes(request, lengthField, extra), "?", 8));
    }

    private static String limit(InferenceRequest request, String lengthField) {
        return writer(lengthField, "").limit(bytes(request, lengthField, ""));
    }

    private static BodyWriter writer(String lengthField, String extra) {
        return new BodyWriter(WireProtocol.of(Protocol.CHAT), "m", true, lengthField, extra);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
