package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SseDecoderTest {
    private static final int LONGEST = 1 << 20;

    record Vector(String name, byte[] bytes, List<String> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = SseDecoderTest.class.getResourceAsStream("/vectors/sse.json")) {
            List<Vector> vectors = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in).path("cases")) {
                List<String> events = new ArrayList<>();
                node.path("events").forEach(event -> events.add(event.asText()));
                vectors.add(new Vector(
                        node.path("name").asText(),
                        Base64.getDecoder().decode(node.path("base64").asText()),
                        events));
            }
            return vectors.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesInOnePiece(Vector vector) {
        assertThat(decode(vector.bytes())).isEqualTo(vector.events());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesTheSameSplitAtEveryByte(Vector vector) {
        byte[] bytes = vector.bytes();
        int step = Math.max(1, bytes.length / 2_000);

        for (int split = 0; split <= bytes.length; split += step) {
            assertThat(decode(part(bytes, 0, split), part(bytes, split, bytes.length)))
                    .as("split at %d", split)
                    .isEqualTo(vector.events());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesTheSameOneByteAtATime(Vector vector) {
        byte[][] pieces = new byte[vector.bytes().length][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = part(vector.bytes(), i, i + 1);
        }

        assertThat(decode(pieces)).isEqualTo(vector.events());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesTheSameInRandomPieces(Vector vector) {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<byte[]> pieces = new ArrayList<>();
            int from = 0;
            while (from < vector.bytes().length) {
                int to = Math.min(vector.bytes().length, from + 1 + random.nextInt(40));
                pieces.add(part(vector.bytes(), from, to));
                from = to;
            }

            assertThat(decode(pieces.toArray(byte[][]::new))).isEqualTo(vector.events());
        }
    }

    @Test
    void seesADoneThatTheEndOfTheStreamCutOff() {
        assertThat(endsWithDone("data: a\n\ndata: [DONE]")).isTrue();
        assertThat(endsWithDone("data: a\n\ndata: [DONE]\n")).isTrue();
        assertThat(endsWithDone("data: a\n\ndata:[DONE] ")).isTrue();
        assertThat(endsWithDone("data: a\n\ndata: [DON")).isFalse();
        assertThat(endsWithDone("data: a\n\n")).isFalse();
        assertThat(endsWithDone("")).isFalse();
    }

    @Test
    void refusesAnEventThatIsLongerThanAllowed() {
        SseDecoder decoder = new SseDecoder((b, from, to) -> {}, 10_000);
        ByteBuffer part = ByteBuffer.wrap("data: ".concat("x".repeat(2_990)).getBytes(StandardCharsets.UTF_8));
        int accepted = 0;

        while (accepted < 100 && decoder.feed(part.duplicate())) {
            accepted++;
        }

        assertThat(accepted).isBetween(3, 5);
    }

    @Test
    void keepsNothingOfEventsThatWereHandedOn() {
        SseDecoder decoder = new SseDecoder((b, from, to) -> {}, 10_000);
        byte[] event = "data: {\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 100_000; i++) {
            assertThat(decoder.feed(ByteBuffer.wrap(event))).isTrue();
        }
    }

    private static boolean endsWithDone(String stream) {
        SseDecoder decoder = new SseDecoder((b, from, to) -> {}, LONGEST);
        decoder.feed(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8)));
        return decoder.endsWithDone();
    }

    private static List<String> decode(byte[]... pieces) {
        List<String> events = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                (b, from, to) -> events.add(new String(b, from, to - from, StandardCharsets.UTF_8)), LONGEST);
        for (byte[] piece : pieces) {
            assertThat(decoder.feed(ByteBuffer.wrap(piece).asReadOnlyBuffer())).isTrue();
        }
        return events;
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
