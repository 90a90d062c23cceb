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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(record().usage()).isEqualTo(new Usage(7, 9, 4, 3, 16));
    }

    @Test
    void usageThatIsNullOrNoNumbersIsAbsent() {
        assertThat(scan("{\"choices\":null,\"usage\":null}")).isZero();
        scan("{\"usage\":{\"prompt_tokens\":null,\"completion_tokens\":\"many\"}}");

        assertThat(record().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void knowsTheTokensOfAFirstEventThatTellsThem() {
        scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}],\"usage\":{\"completion_tokens\":0}}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"a b c\"}}],\"usage\":{\"completion_tokens\":3}}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"d\"}}],\"usage\":{\"completion_tokens\":4}}");

        assertThat(record().eventTokens()).containsExactly(0, 3, 4);
        assertThat(record().usage().completionTokens()).isEqualTo(4);
    }

    @Test
    void readsTheEndpointsOwnStamps() {
        scan("{\"sent_nanos\":123456789012345,\"received_nanos\":-5,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        scan("{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}");

        assertThat(record().serverEventNanos()).containsExactly(123456789012345L, RequestRecord.ABSENT);
        assertThat(record().serverReceivedNanos()).isEqualTo(-5);
    }

    /** {@code -} stands for nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '~', textBlock = """
            {'content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}                 | ab | -
            {'content':[{'type':'thinking','thinking':[{'type':'text','text':'a'}]}]}           | -  | a
            {'content':[{'type':'thinking','thinking':'a'},{'text':'b','type':'text'}]}         | b  | a
            {'content':[{'text':'a','type':'reasoning_text'},{'type':'output_text','text':'b'}]} | b | a
            {'content':{'type':'text','text':'a'}}                                              | a  | -
            {'content':['a',{'type':'refusal','refusal':'b'}]}                                  | ab | -
            {'content':[{'type':'image_url','image_url':{'url':'x'}}]}                          | -  | -
            {'content':[],'reasoning_content':'a','reasoning':'a'}                              | -  | a
            {'reasoning_details':[{'type':'reasoning.text','text':'a'}],'reasoning':'a'}        | -  | a
            {'thinking':'a','content':null}                                                     | -  | a
            {'tool_calls':[{'function':{'name':'a','arguments':{'b':1}}}]}                      | a{"b":1} | -
            {'tool_calls':[{'function':{'name':'','arguments':{}}}]}                            | -  | -
            """)
    void findsTextInEachOfItsForms(String delta, String text, String reasoning) {
        int carried = scan("{'choices':[{'delta':".replace('\'', '"') + delta.replace('\'', '"') + "}]}");

        assertThat(timeline.visibleText()).isEqualTo(text == null ? "" : text);
        assertThat(timeline.reasoning()).isEqualTo(reasoning == null ? "" : reasoning);
        assertThat(Carried.tokens(carried)).isEqualTo(text != null || reasoning != null);
        assertThat((carried & Carried.REASONING) != 0).isEqualTo(reasoning != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'choices':[{'delta':{},'usage':{'prompt_tokens':5,'completion_tokens':7}}]}
            {'choices':[],'x_groq':{'id':'r','usage':{'prompt_tokens':5,'completion_tokens':7}}}
            {'choices':[{'delta':{'usage':{'prompt_tokens':5,'completion_tokens':7}}}]}
            {'usage':{'prompt_tokens':5.0,'completion_tokens':7.00}}
            {'usage':{'prompt_tokens':5e0,'completion_tokens':0.7E+1}}
            {'usage':{'input_tokens':5,'output_tokens':7}}
            """)
    void findsCountsWhereverTheyStandAndHoweverTheyAreWritten(String event) {
        int carried = scan(event.replace('\'', '"'));

        assertThat(carried & Carried.USAGE).isEqualTo(Carried.USAGE);
        assertThat(timeline.promptTokens()).isEqualTo(5);
        assertThat(timeline.completionTokens()).isEqualTo(7);
    }

    @Test
    void zerosThatFollowACountAreNone() {
        scan("{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}");
        assertThat(timeline.completionTokens()).isZero();

        scan("{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}");
        scan("{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}");

        assertThat(timeline.promptTokens()).isEqualTo(5);
        assertThat(timeline.completionTokens()).isEqualTo(7);
    }

    @Test
    void tellsEventsWithAPlaceForTextFromThoseWithout() {
        int role = scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
        int early = scan("{\"choices\":[{\"delta\":{\"content\":\"\"}}]}");
        scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}");
        int empty = scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
        int filter = scan("{\"choices\":[{\"index\":0,\"content_filter_offsets\":{\"end_offset\":60}}]}");
        int finish = scan("{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}");

        assertThat(Carried.empty(role)).isFalse();
        assertThat(Carried.empty(early)).isTrue();
        assertThat(Carried.empty(empty)).isTrue();
        assertThat(Carried.empty(filter)).isFalse();
        assertThat(Carried.empty(finish)).isFalse();
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
                                "{\"meta\":{\"content\":\"x\",\"choices\":[{}]},\"content\":\"y\","
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
