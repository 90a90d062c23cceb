package io.inferometer.endpoint.protocol;

import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.TimelineReuse;
import io.inferometer.record.Usage;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reading the JSON of one event, of each kind that a stream has. An operation is one event. */
public class ScanBenchmark extends PartBenchmark {
    /** Events of an invocation. */
    static final int EVENTS = 960;

    /** What the events carry. */
    @Param({"CONTENT", "ROLE", "REASONING", "FINISH", "USAGE"})
    Kind kind;

    /** Whether the events have one layout; otherwise each has another than the one before. */
    @Param({"true", "false"})
    boolean alike;

    private final EventScanner scanner = new EventScanner();
    private final RequestTimeline timeline =
            new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, EVENTS, true));
    private final byte[][] events = new byte[StreamBytes.tokens() * 2][];

    /** What an event of a stream can carry. */
    public enum Kind {
        CONTENT("{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}", ""),
        ROLE(
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}",
                ""),
        REASONING("{\"index\":0,\"delta\":{\"reasoning\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}", ""),
        FINISH("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}", ""),
        USAGE(
                "",
                ",\"usage\":{\"prompt_tokens\":1024,\"completion_tokens\":960,\"total_tokens\":1984,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":512},\"completion_tokens_details\":{\"reasoning_tokens\":64}}");

        private final String choice;
        private final String rest;

        Kind(String choice, String rest) {
            this.choice = choice;
            this.rest = rest;
        }

        private String event(char id, String token) {
            return "{\"id\":\"" + StreamBytes.id(id) + "\",\"object\":\"chat.completion.chunk\",\"created\":1762286228,"
                    + "\"model\":\"openai/gpt-oss-120b\",\"choices\":[" + String.format(choice, token) + "]" + rest
                    + "}";
        }
    }

    /** Makes the events. */
    @Setup
    public void setUp() {
        for (int i = 0; i < events.length; i++) {
            char id = alike || i % 2 == 0 ? 'a' : 'b';
            events[i] = kind.event(id, StreamBytes.token(i)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Events into the timeline, from its beginning. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public RequestTimeline scan() {
        TimelineReuse.clear(timeline);
        for (int i = 0, next = 0; i < EVENTS; i++) {
            byte[] event = events[next];
            scanner.scan(event, 0, event.length, i, timeline);
            next = next + 1 == events.length ? 0 : next + 1;
        }
        return timeline;
    }
}
