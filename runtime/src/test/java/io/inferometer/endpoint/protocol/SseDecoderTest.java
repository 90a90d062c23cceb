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
import org.junit.jupiter.params.provider.CsvSource;
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
    void handsOnWhatLacksItsBlankLineOnlyAtTheEnd() {
        for (String stream : List.of("data: a\n\ndata: b", "data: a\n\ndata: b\n", "data: a\n\ndata:b")) {
            assertThat(decode(stream.getBytes(StandardCharsets.UTF_8))).containsExactly("a");
            assertThat(told(stream, stream.length())).containsExactly("a", "b");
        }
        assertThat(told("data: a\n\ndat", 100)).containsExactly("a");
        assertThat(told("data: a\n\n", 100)).containsExactly("a");
        assertThat(told("", 100)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            error: it broke//                                | error: it broke
            error:{"code": 500}//                            | error: {"code": 500}
            event: error/data: it broke//                    | error: it broke
            data: it broke/event:error//                     | error: it broke
            event: error/: worker 3 went away//              | error: worker 3 went away
            : worker 3 went away/event: error//              | error: worker 3 went away
            event: error/: a comment/data: it broke//        | error: it broke
            event: error//data: next//                       | error: ;next
            event: errors/data: 1//data: 2//                 | 1;2
            : worker 3 went away//event: error/data: b//     | error: b
            errors: none/data: 1//                           | 1
            event: error/data: it broke                      | error: it broke
            """)
    void tellsErrorsFromEventsHoweverTheyAreSplit(String lines, String told) {
        String stream = lines.replace('/', '\n');

        for (int size = 1; size <= stream.length(); size++) {
            assertThat(String.join(";", told(stream, size)).strip())
                    .as("%d bytes a read", size)
                    .isEqualTo(told.strip());
        }
    }

    @Test
    void aLongStreamOfCommentsTakesNoRoom() {
        List<String> told = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(new ToldEvents(told), 64);
        boolean room = true;

        for (int i = 0; i < 10_000; i++) {
            room &= decoder.feed(ByteBuffer.wrap(": keep-alive\n".getBytes(StandardCharsets.UTF_8)));
        }
        decoder.feed(ByteBuffer.wrap("data: a\n\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(room).isTrue();
        assertThat(told).containsExactly("a");
    }

    private static List<String> told(String stream, int size) {
        List<String> told = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(new ToldEvents(told), LONGEST);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            decoder.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
        }
        decoder.end();
        return told;
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
