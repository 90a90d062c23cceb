package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EventScannerTest {
    private final EventScanner scanner = new EventScanner();
    private final RequestTimeline timeline =
            new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 100, false));

    @Test
    void findsContent() {
        int carried = scan(
                "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}");

        assertThat(carried).isEqualTo(Carried.CHOICES | Carried.CONTENT);
        assertThat(record().text()).isEqualTo("Hi");
    }

    @Test
    void aRoleWithEmptyContentIsNoToken() {
        int carried = scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");

        assertThat(carried).isEqualTo(Carried.CHOICES | Carried.ROLE);
        assertThat(Carried.tokens(carried)).isFalse();
    }

    @Test
    void findsReasoningUnderEitherName() {
        assertThat(scan("{\"choices\":[{\"delta\":{\"reasoning_content\":\"so\"}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.REASONING);
        assertThat(scan("{\"choices\":[{\"delta\":{\"reasoning\":\" then\",\"content\":null}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.REASONING);
        assertThat(record().text()).isEqualTo("so then");
    }

    @Test
    void takesReasoningThatIsSentUnderBothNamesOnce() {
        scan("{\"choices\":[{\"delta\":{\"reasoning_content\":\"so\",\"reasoning\":\"so\"}}]}");

        assertThat(record().text()).isEqualTo("so");
    }

    @Test
    void findsToolCalls() {
        assertThat(scan("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.TOOL);
        assertThat(scan("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{}\"}}]}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.TOOL);
        assertThat(scan("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"\"}}]}}]}"))
                .isEqualTo(Carried.CHOICES);
    }

    @Test
    void findsRefusalAndFinishAndTextOfCompletions() {
        assertThat(scan("{\"choices\":[{\"delta\":{\"refusal\":\"no\"},\"finish_reason\":\"stop\"}]}"))
                .isEqualTo(Carried.CHOICES | Carried.REFUSAL | Carried.FINISH);
        assertThat(scan("{\"object\":\"text_completion\",\"choices\":[{\"text\":\"a\",\"finish_reason\":null}]}"))
                .isEqualTo(Carried.CHOICES | Carried.CONTENT);
    }

    @Test
    void findsUsageWhereverItStandsAndTheLastOneHolds() {
        scan(
                "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2},\"choices\":[{\"delta\":{}}]}");
        int carried = scan(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9,\"total_tokens\":16,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":3},\"completion_tokens_details\":{\"reasoning_tokens\":4}}}");

        assertThat(carried).isEqualTo(Carried.USAGE);
        assertThat(record().usage()).isEqualTo(new Usage(7, 9, 4, 3));
    }

    @Test
    void usageThatIsNullOrNoNumbersIsAbsent() {
        assertThat(scan("{\"choices\":null,\"usage\":null}")).isZero();
        scan("{\"usage\":{\"prompt_tokens\":null,\"completion_tokens\":\"9\"}}");

        assertThat(record().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void knowsTheTokensOfAFirstEventThatTellsThem() {
        scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}],\"usage\":{\"completion_tokens\":0}}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"a b c\"}}],\"usage\":{\"completion_tokens\":3}}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"d\"}}],\"usage\":{\"completion_tokens\":4}}");

        assertThat(record().firstEventTokens()).isEqualTo(3);
        assertThat(record().usage().completionTokens()).isEqualTo(4);
    }

    @Test
    void readsTheEndpointsOwnStamps() {
        scan("{\"sent_nanos\":123456789012345,\"received_nanos\":-5,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}");

        assertThat(record().serverEventNanos()).containsExactly(123456789012345L, RequestRecord.ABSENT);
        assertThat(record().serverReceivedNanos()).isEqualTo(-5);
    }

    @Test
    void tellsAnErrorFromANullOne() {
        assertThat(scan("{\"error\":{\"message\":\"no\"}}")).isEqualTo(EventScanner.ERROR);
        assertThat(scan("{\"error\":\"no\"}")).isEqualTo(EventScanner.ERROR);
        assertThat(scan("{\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.CONTENT);
    }

    @Test
    void knowsTheFlatErrorOfOlderServers() {
        assertThat(scan("{\"object\":\"error\",\"message\":\"no\",\"code\":500}"))
                .isEqualTo(EventScanner.ERROR);
        assertThat(scan("{\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.CONTENT);
        assertThat(scan("{\"object\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"))
                .isEqualTo(Carried.CHOICES | Carried.CONTENT);
    }

    @Test
    void noDepthOfAnEventIsTooMuch() {
        int depth = 100_000;
        String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(scan("{\"usage\":" + deep + ",\"choices\":[]}")).isZero();
        assertThat(scan("{\"choices\":[{\"delta\":" + deep + "}]}")).isEqualTo(Carried.CHOICES);
    }

    @Test
    void ignoresKeysOfTheSameNameElsewhere() {
        assertThat(
                        scan(
                                "{\"meta\":{\"content\":\"x\",\"usage\":{\"completion_tokens\":5}},\"content\":\"y\","
                                        + "\"choices\":[{\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-1.5e-3}]},\"delta\":{}}]}"))
                .isEqualTo(Carried.CHOICES);
        assertThat(record().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void keepsEscapesApartFromTheEndsOfStrings() {
        scan("{\"choices\":[{\"delta\":{\"content\":\"a\\\"b\\\\\"}}]}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"}}]}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"\\ude00\\n\\u00e9/\\/\"}}]}");

        assertThat(record().text()).isEqualTo("a\"b\\😀\né//");
    }

    @Test
    void readsPrettyPrintedJsonAsWell() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        String pretty = mapper.writerWithDefaultPrettyPrinter()
                .writeValueAsString(mapper.readTree("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}],"
                        + "\"usage\":{\"completion_tokens\":1}}"));

        assertThat(scan(pretty)).isEqualTo(Carried.CHOICES | Carried.CONTENT | Carried.USAGE);
    }

    @Test
    void whatIsNoJsonObjectIsMalformed() {
        for (String text : new String[] {
            "{",
            "}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1",
            "{\"a\":\"x}",
            "{\"a\":1}}",
            "{\"a\":1} x",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{,}",
            "{\"choices\":[{]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a}}]}",
            "\u00ff",
            "{\"a\":1}\u00ff"
        }) {
            assertThat(scan(text)).as(text).isEqualTo(EventScanner.MALFORMED);
        }
        assertThat(timeline.events()).isZero();
    }

    @Test
    void everyTruncationOfAnEventIsMalformedAndNoneFails() {
        String event =
                "{\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"h\\\"i\","
                        + "\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},\"finish_reason\":null}],\"usage\":{\"d\":{\"x\":1}}}";

        for (int length = 1; length < event.length(); length++) {
            assertThat(scan(event.substring(0, length))).as("%d bytes", length).isEqualTo(EventScanner.MALFORMED);
        }
    }

    @Test
    void noBytesMakeItFailOrLookBeyondItsRange() {
        Random random = new Random(11);
        byte[] alphabet = "{}[]\":,\\ ant0-choicesdeltacontentusage\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);

            int carried = scanner.scan(bytes, from, bytes.length, 1, timeline);

            assertThat(carried).isBetween(EventScanner.ERROR, 255);
        }
    }

    private int scan(String event) {
        byte[] bytes = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        return scanner.scan(bytes, 6, bytes.length - 2, 1, timeline);
    }

    private RequestRecord record() {
        timeline.end(Outcome.SUCCESS, "", 2);
        return timeline.toRecord(0, true, UnaryOperator.identity());
    }
}
