package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EventLayoutTest {
    /** Events of one stream; each line has a place for a text and one for a number. */
    private static final List<String> FORMS = List.of(
            "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}",
            "{\"sent_nanos\":%2$s,\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"%1$s\"}}]}",
            "{\"choices\":[{\"delta\":{\"reasoning\":\"%1$s\",\"reasoning_content\":\"%1$s\"}}], \"sent_nanos\" : %2$s }",
            "{\"choices\":[{\"text\":\"%1$s\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":%2$s}}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":%2$s,\"completion_tokens_details\":{\"reasoning_tokens\":%2$s}}}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"%1$s\",\"arguments\":\"%1$s\"}}]}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%2$s,\"id\":\"c\",\"function\":{\"name\":\"%1$s\"}}]}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"%1$s\",\"function\":{\"arguments\":\"%1$s\"}}]}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":7,\"function\":{\"arguments\":\"%1$s\"}}]}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"%1$s\"},\"finish_reason\":\"stop\"}],\"received_nanos\":%2$s}",
            "{\"choices\":[{\"delta\":{\"content\":\"%1$s\"}}],\"obfuscation\":\"x%1$s\",\"usage\":null}");

    private static final List<String> TEXTS = List.of(
            "a", " token", "", "\\\"", "\\\\", "caf\u00e9", "\\ud83d\\ude00", "x\\n", "a\",\"content\":\"b", "\"");
    private static final List<String> NUMBERS =
            List.of("0", "7", "12345678901", "-5", "1.5", "2e3", "null", "\"9\"", "-", "", "[1]", "99999999999999999");

    private final EventLayout layout = new EventLayout();

    @Test
    void anEventThatDiffersInItsValuesFits() {
        remember("{\"t\":\"abc\",\"n\":12}", EventValue.TEXT, "abc", EventValue.PROMPT_TOKENS, "12");

        String event = "{\"t\":\"longer, \\\" and all\",\"n\":-7}";

        assertThat(fits(event)).isTrue();
        assertThat(layout.carried()).isEqualTo(3);
        assertThat(layout.count()).isEqualTo(2);
        assertThat(event.substring(layout.from(0), layout.to(0))).isEqualTo("longer, \\\" and all");
        assertThat(event.substring(layout.from(1), layout.to(1))).isEqualTo("-7");
    }

    @Test
    void anEventThatDiffersElsewhereDoesNotFit() {
        remember("{\"t\":\"abc\",\"n\":12}", EventValue.TEXT, "abc", EventValue.PROMPT_TOKENS, "12");

        for (String event : List.of(
                "{\"u\":\"abc\",\"n\":12}",
                "{\"t\":\"abc\",\"m\":12}",
                "{\"t\":\"\",\"n\":12}",
                "{\"t\":\"abc\",\"n\":}",
                "{\"t\":\"abc\",\"n\":12.5}",
                "{\"t\":\"abc\",\"n\":12,\"o\":1}",
                "{\"t\":\"abc\",\"n\":12",
                "{\"t\":\"abc",
                "{\"t\":\"",
                "{",
                "")) {
            assertThat(fits(event)).as(event).isFalse();
        }
    }

    @Test
    void nothingFitsBeforeAnEventIsRemembered() {
        assertThat(fits("")).isFalse();

        remember("{}");
        layout.forget();

        assertThat(fits("{}")).isFalse();
    }

    @Test
    void whatHasTooManyValuesOrIsTooLongIsNotRemembered() {
        layout.forget();
        for (int i = 0; i < 9; i++) {
            layout.value(EventValue.TEXT, i, i + 1);
        }
        layout.remember("abcdefghi".getBytes(StandardCharsets.US_ASCII), 0, 9, 1);
        assertThat(fits("abcdefghi")).isFalse();

        String large = "{\"t\":\"" + "x".repeat(4_096) + "\"}";
        remember(large);
        assertThat(fits(large)).isFalse();
    }

    @Test
    void aScannerThatKnowsTheLayoutReadsWhatOneThatDoesNotReads() {
        Random random = new Random(5);
        for (int stream = 0; stream < 3_000; stream++) {
            EventScanner knowing = new EventScanner();
            RequestTimeline known = timeline();
            RequestTimeline walked = timeline();
            if (random.nextBoolean()) {
                known.keepCalls();
                walked.keepCalls();
            }
            String form = FORMS.get(random.nextInt(FORMS.size()));
            for (int i = 0; i < 20; i++) {
                if (random.nextInt(15) == 0) {
                    form = FORMS.get(random.nextInt(FORMS.size()));
                }
                byte[] event = event(random, form);

                assertThat(knowing.scan(event, 0, event.length, i, known))
                        .as("event %d of stream %d", i, stream)
                        .isEqualTo(new EventScanner().scan(event, 0, event.length, i, walked));
            }

            assertThat(known.calls().list()).isEqualTo(walked.calls().list());
            assertThat(record(known)).usingRecursiveComparison().isEqualTo(record(walked));
        }
    }

    @Test
    void aScannerReadsWhatAJsonLibraryReads() throws Exception {
        Random random = new Random(6);
        ObjectMapper mapper = new ObjectMapper();
        EventScanner scanner = new EventScanner();
        RequestTimeline timeline = timeline();
        StringBuilder text = new StringBuilder();
        long lastCount = 0;
        for (int i = 0; i < 2_000; i++) {
            String count = random.nextBoolean() ? "7" : "31";
            String event = String.format(FORMS.get(3), TEXTS.get(random.nextInt(8)), count);
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);

            scanner.scan(bytes, 0, bytes.length, i, timeline);

            JsonNode root = mapper.readTree(event);
            text.append(root.path("choices").path(0).path("text").asText());
            lastCount = root.path("usage").path("completion_tokens").asLong();
            assertThat(timeline.completionTokens()).isEqualTo((int) lastCount);
        }

        assertThat(timeline.visibleText()).isEqualTo(text.toString());
    }

    /** An event of the form; now and then one of its bytes is another. */
    private static byte[] event(Random random, String form) {
        String text = TEXTS.get(random.nextInt(random.nextInt(4) == 0 ? TEXTS.size() : 2));
        String number = NUMBERS.get(random.nextInt(random.nextInt(4) == 0 ? NUMBERS.size() : 3));
        byte[] bytes = String.format(form, text, number).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) "\"{}[]:,\\0a".charAt(random.nextInt(10));
        }
        return bytes;
    }

    private void remember(String event, Object... values) {
        layout.forget();
        for (int i = 0; i < values.length; i += 2) {
            int from = event.indexOf((String) values[i + 1]);
            layout.value((EventValue) values[i], from, from + ((String) values[i + 1]).length());
        }
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        layout.remember(bytes, 0, bytes.length, 3);
    }

    private boolean fits(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        return layout.fits(bytes, 0, bytes.length);
    }

    private static RequestTimeline timeline() {
        return new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 100, false));
    }

    private static RequestRecord record(RequestTimeline timeline) {
        timeline.end(Outcome.SUCCESS, "", 30);
        return timeline.toRecord(0, true, UnaryOperator.identity());
    }
}
