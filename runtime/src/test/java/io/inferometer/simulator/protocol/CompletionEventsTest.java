package io.inferometer.simulator.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.simulator.cache.Prompt;
import io.inferometer.simulator.fault.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong clock = new AtomicLong();
    private final EventFormat format = EventFormat.of(
            new Order(
                    new Ask(
                            Protocol.CHAT,
                            "modèle",
                            new Ask.Prompt(List.of(), List.of()),
                            new Ask.Text(true, true, 40, true, "")),
                    new AnswerLaw.Lengths(7, 0, 40, 10, false),
                    Prompt.ofLength(7, 0),
                    12,
                    1_700_000_000,
                    Fault.NONE),
            clock::get,
            4);
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void anEventIsAChunkOfItsOwn() {
        clock.set(123);
        format.tokens(out, 0, 1, false);

        String event = """
                data: {"sent_nanos":123,"received_nanos":4,"id":"chatcmpl-12","object":"chat.completion.chunk",\
                "created":1700000000,"model":"modèle","choices":[{"index":0,"delta":{"role":"assistant",\
                "content":" tick"},"logprobs":null,"finish_reason":null}]}

                """;
        int length = event.getBytes(UTF_8).length;
        assertThat(out.toString(UTF_8)).isEqualTo(Integer.toHexString(length) + "\r\n" + event + "\r\n");
    }

    @Test
    void anEventHasAsManyTokensAsAreDue() throws IOException {
        format.tokens(out, 0, 1, false);
        format.tokens(out, 0, 20, false);
        format.tokens(out, 0, 19, true);

        JsonNode first = nextEvent();
        JsonNode second = nextEvent();
        JsonNode last = nextEvent();
        assertThat(text(first)).isEqualTo(" tick");
        assertThat(first.path("received_nanos").asLong()).isEqualTo(4);
        assertThat(text(second)).isEqualTo(" tick".repeat(20));
        assertThat(second.has("received_nanos")).isFalse();
        assertThat(text(last)).isEqualTo(" tick".repeat(19));
        assertThat(last.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        assertThat(out.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 2_206_897_358_492L, Long.MAX_VALUE, -1, -4_711, Long.MIN_VALUE + 1})
    void aStampMayBeAnyNumber(long nanos) throws IOException {
        clock.set(nanos);
        format.tokens(out, 0, 1, false);

        assertThat(nextEvent().path("sent_nanos").asLong()).isEqualTo(nanos);
    }

    @Test
    void anEventMayEndTheReasoningAndBeginTheAnswer() throws IOException {
        format.tokens(out, 1, 0, false);
        format.tokens(out, 9, 11, true);

        JsonNode reasoning = nextEvent().path("choices").path(0).path("delta");
        JsonNode both = nextEvent().path("choices").path(0).path("delta");
        assertThat(reasoning.path("role").asText()).isEqualTo("assistant");
        assertThat(reasoning.path("reasoning_content").asText()).isEqualTo(" tick");
        assertThat(reasoning.has("content")).isFalse();
        assertThat(both.path("reasoning_content").asText()).isEqualTo(" tick".repeat(9));
        assertThat(both.path("content").asText()).isEqualTo(" tick".repeat(11));
    }

    private static String text(JsonNode event) {
        return event.path("choices").path(0).path("delta").path("content").asText();
    }

    private JsonNode nextEvent() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String event = out.readSlice(length).toString(UTF_8);
        assertThat(line()).isEmpty();
        assertThat(event).startsWith("data: ").endsWith("\n\n");
        return JSON.readTree(event.substring("data: ".length()));
    }

    private String line() {
        String line = out.readSlice(out.bytesBefore((byte) '\r')).toString(UTF_8);
        out.skipBytes(2);
        return line;
    }
}
