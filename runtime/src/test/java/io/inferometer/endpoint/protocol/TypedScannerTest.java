package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each protocol whose events have types. {@code %s} stands for a text, {@code %d} for a number. */
class TypedScannerTest {
    private static final List<String> TEXTS = List.of("a", " the", "", "é", "\\\"", "x\\\\", "\\n\\u00e9", "{}", "]");

    enum Kind {
        RESPONSES(
                ResponsesScanner::new,
                "{'type':'response.output_text.delta','sequence_number':%d,'item_id':'msg_1','output_index':1,"
                        + "'content_index':0,'delta':'%s','logprobs':[],'obfuscation':'%s'}",
                List.of(
                        "{'content_index':0,'delta':'%s','item_id':'msg_2','logprobs':[],'output_index':0,"
                                + "'sequence_number':%d,'type':'response.output_text.delta'}",
                        "{'type':'response.reasoning_summary_text.delta','item_id':'rs_1','delta':'%s','n':%d}",
                        "{'type':'response.refusal.delta','sent_nanos':%d,'delta':'%s'}",
                        "{'type':'response.function_call_arguments.delta','item_id':'%s','delta':'%s','sequence_number':%d}",
                        "{'type':'response.output_text.done','item_id':'msg_1','text':'%s','sequence_number':%d}",
                        "{'type':'response.output_text.done','item_id':'%s','text':'%s','sequence_number':%d}",
                        "{'type':'response.output_item.added','item':{'type':'function_call','name':'%s'}}",
                        "{'type':'response.output_item.added','output_index':1,'item':{'call_id':'%s','name':'f','type':'function_call'}}",
                        "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'%s','sequence_number':%d}",
                        "{'type':'response.created','response':{'status':'%s'},'sequence_number':%d}",
                        "{'type':'fancy','delta':'%s','sequence_number':%d}",
                        "{'delta':'%s','sequence_number':%d}",
                        "{'type':'response.completed','response':{'status':'%s','usage':{'output_tokens':%d}}}")),
        MESSAGES(
                MessagesScanner::new,
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'%s'}}",
                List.of(
                        "{'index':%d,'delta':{'thinking':'%s','type':'thinking_delta'},'type':'content_block_delta'}",
                        "{'type':'content_block_delta','sent_nanos':%d,'delta':{'partial_json':'%s'}}",
                        "{'type':'content_block_delta','delta':{'type':'signature_delta','signature':'%s'}}",
                        "{'type':'content_block_start','content_block':{'type':'tool_use','name':'%s','input':{}}}",
                        "{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'%s','name':'%s'}}",
                        "{'type':'content_block_delta','index':3,'delta':{'partial_json':'%s'}}",
                        "{'type':'message_start','message':{'usage':{'input_tokens':%d,'cache_read_input_tokens':%d}}}",
                        "{'type':'message_delta','delta':{'stop_reason':'%s'},'usage':{'output_tokens':%d}}",
                        "{'type':'ping','note':'%s'}",
                        "{'type':'fancy','delta':{'text':'%s'}}",
                        "{'delta':{'text':'%s'}}",
                        "{'type':'message_stop','n':%d}"));

        private final Supplier<TypedScanner> scanner;
        private final String usual;
        private final List<String> others;

        Kind(Supplier<TypedScanner> scanner, String usual, List<String> others) {
            this.scanner = scanner;
            this.usual = usual;
            this.others = others;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLaidOutAlikeReadsAsWhatIsWalkedThrough(Kind kind) {
        Random random = new Random(7);
        for (int stream = 0; stream < 500; stream++) {
            TypedScanner knowing = kind.scanner.get();
            TypedScanner walking = kind.scanner.get();
            RequestTimeline known = timeline();
            RequestTimeline walked = timeline();
            if (random.nextBoolean()) {
                known.keepCalls();
                walked.keepCalls();
            }
            String form = kind.usual;
            for (int i = 0; i < 25; i++) {
                if (random.nextInt(6) == 0) {
                    form = random.nextBoolean() ? kind.usual : kind.others.get(random.nextInt(kind.others.size()));
                }
                byte[] event = event(random, form);
                byte[] another = new String(event, StandardCharsets.UTF_8)
                        .replaceFirst("^\\{", "{" + " ".repeat(i % 2))
                        .getBytes(StandardCharsets.UTF_8);

                assertThat(knowing.scan(event, 0, event.length, i, known))
                        .as("event %d of stream %d", i, stream)
                        .isEqualTo(walking.scan(another, 0, another.length, i, walked));
            }
            assertThat(knowing.over()).isEqualTo(walking.over());
            assertThat(known.calls().list()).isEqualTo(walked.calls().list());
            assertThat(record(known)).usingRecursiveComparison().isEqualTo(record(walked));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noBytesMakeItFailOrLookBeyondItsRange(Kind kind) {
        Random random = new Random(8);
        byte[] alphabet = "{}[]\":,\\ ant0-typedeltaresponse.text\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = event(random, random.nextBoolean() ? kind.usual : kind.others.get(random.nextInt(9)));
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            int to = 1 + random.nextInt(bytes.length);
            TypedScanner scanner = kind.scanner.get();

            assertThat(scanner.scan(bytes, random.nextInt(to), to, 1, timeline()))
                    .isBetween(FrameScanner.ERROR, 255);
            assertThat(kind.scanner.get().scanWhole(bytes, random.nextInt(to), to, timeline()))
                    .isBetween(FrameScanner.ERROR, 255);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventLikeTheOneBeforeAllocatesNothing(Kind kind) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TypedScanner scanner = kind.scanner.get();
        RequestTimeline timeline = timeline();
        SseDecoder decoder = new SseDecoder((buffer, from, to) -> scanner.scan(buffer, from, to, 1, timeline), 1 << 20);
        scanner.names(decoder.name());
        Random random = new Random(9);
        ByteBuffer[] reads = new ByteBuffer[900];
        for (int i = 0; i < reads.length; i++) {
            String event = kind.usual
                    .replace("%d", "" + i)
                    .replace("%s", "t" + random.nextInt(100))
                    .replace('\'', '"');
            reads[i] = ByteBuffer.wrap(("event: any\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        // By then the timeline has room for all that comes: its arrays double, a few times an answer.
        int first = 720;
        for (int i = 0; i < first; i++) {
            decoder.feed(reads[i]);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = first; i < reads.length; i++) {
            decoder.feed(reads[i]);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(timeline.events()).isEqualTo(reads.length);
        assertThat(timeline.tokenEvents()).isEqualTo(reads.length);
        assertThat(allocated).as("bytes of %d events", reads.length).isLessThan(reads.length - first);
    }

    /** An event of the form; now and then one of its bytes is another. */
    private static byte[] event(Random random, String form) {
        String event = form.replace('\'', '"');
        while (event.contains("%s")) {
            event = event.replaceFirst(
                    "%s",
                    TEXTS.get(random.nextInt(random.nextInt(4) == 0 ? TEXTS.size() : 2))
                            .replace("\\", "\\\\"));
        }
        while (event.contains("%d")) {
            event = event.replaceFirst("%d", "" + random.nextInt(1_000));
        }
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(30) == 0) {
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) "\"{}[]:,\\0a".charAt(random.nextInt(10));
        }
        return bytes;
    }

    private static RequestTimeline timeline() {
        return new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 1_000, false));
    }

    private static RequestRecord record(RequestTimeline timeline) {
        timeline.end(Outcome.SUCCESS, "", 30);
        return timeline.toRecord(0, true, UnaryOperator.identity());
    }
}
