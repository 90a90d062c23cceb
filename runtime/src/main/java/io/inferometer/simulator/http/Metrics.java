package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.engine.TokenSchedule;
import io.inferometer.simulator.protocol.Order;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What the endpoint has done and is doing, for {@code /metrics}: under the names, and in the buckets, of vLLM. A time to the
 * first token and the times between events are told of answers that have tokens, from when the request had been read to when
 * an event was due to be written. Thread-safe.
 */
public final class Metrics {
    private final LongSupplier clock;
    private final LongAdder open = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder cachedTokens = new LongAdder();
    private final LongAdder generatedTokens = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder aborted = new LongAdder();
    private final Histogram firstToken = new Histogram(
            0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0,
            80.0, 160.0, 640.0, 2560.0);
    private final Histogram betweenEvents = new Histogram(
            0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0);
    private final Histogram endToEnd = new Histogram(
            0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0,
            960.0, 1920.0, 7680.0);

    /** Metrics by a clock of nanoseconds. */
    public Metrics(LongSupplier clock) {
        this.clock = clock;
    }

    /** Counts an answer from its beginning on, whose request had been read at {@code receivedNanos}. */
    Meter begin(Order order, Generation.Sink sink, long receivedNanos) {
        open.increment();
        return new Meter(order, sink, receivedNanos);
    }

    /** Counts one answer's tokens on their way. Confined to its event loop. */
    final class Meter implements Generation.Sink {
        private final Order order;
        private final Generation.Sink sink;
        private final long receivedNanos;
        private long lastNanos;
        private boolean begun;
        private boolean ended;

        private Meter(Order order, Generation.Sink sink, long receivedNanos) {
            this.order = order;
            this.sink = sink;
            this.receivedNanos = receivedNanos;
        }

        @Override
        public void due(int events, int tokens, boolean last) {
            long now = clock.getAsLong();
            boolean hasTokens = order.outputTokens() > 0;
            int gaps = events;
            if (!begun) {
                begun = true;
                gaps--;
                promptTokens.add(order.promptTokens());
                cachedTokens.add(order.prompt().cachedTokens());
                if (hasTokens) {
                    firstToken.observe(now - receivedNanos, 1);
                }
                lastNanos = now;
            }
            if (gaps > 0) {
                betweenEvents.observe((now - lastNanos) / gaps, gaps);
            }
            lastNanos = now;
            generatedTokens.add(hasTokens ? tokens : 0);
            if (last) {
                ended = true;
                open.decrement();
                endToEnd.observe(now - receivedNanos, 1);
                (order.lengths().ended() ? stopped : full).increment();
            }
            sink.due(events, tokens, last);
        }

        /** Nothing more becomes due; an answer that was not complete never will be. */
        void abort() {
            if (!ended) {
                open.decrement();
                aborted.increment();
            }
        }
    }

    /** All of it in Prometheus' text form. */
    String text(String modelName, TokenSchedule schedule) {
        String labels =
                "engine=\"0\",model_name=\"" + modelName.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        int waiting = schedule.waiting();
        return gauge("num_requests_running", "Requests in the engine.", labels, "" + (open.sum() - waiting))
                + gauge("num_requests_waiting", "Requests that wait to be let in.", labels, "" + waiting)
                + gauge(
                        "kv_cache_usage_perc",
                        "How full the cache is, 0 to 1.",
                        labels,
                        String.format(Locale.ROOT, "%.6f", schedule.cacheUsage()))
                + counter("prompt_tokens_total", "Prompt tokens, those in the cache included.", labels, promptTokens)
                + counter("generation_tokens_total", "Tokens generated.", labels, generatedTokens)
                + counter("prefix_cache_queries_total", "Prompt tokens looked for in the cache.", labels, promptTokens)
                + counter("prefix_cache_hits_total", "Prompt tokens found in the cache.", labels, cachedTokens)
                + counter("num_preemptions_total", "Requests sent back.", labels, schedule.preemptions())
                + speculation(labels, schedule.speculation())
                + head("request_success_total", "counter", "Requests that have ended.")
                + finished(labels, "stop", stopped)
                + finished(labels, "length", full)
                + finished(labels, "abort", aborted)
                + histogram("time_to_first_token_seconds", "Seconds to the first token.", labels, firstToken)
                + histogram("inter_token_latency_seconds", "Seconds from event to event.", labels, betweenEvents)
                + histogram("e2e_request_latency_seconds", "Seconds to the end of an answer.", labels, endToEnd);
    }

    private static String gauge(String name, String help, String labels, String value) {
        return head(name, "gauge", help) + value(name, labels, value);
    }

    private static String counter(String name, String help, String labels, Object count) {
        return head(name, "counter", help) + value(name, labels, "" + count);
    }

    private static String histogram(String name, String help, String labels, Histogram histogram) {
        return head(name, "histogram", help) + histogram.text("vllm:" + name, labels);
    }

    /** Nothing where nothing is drafted, as there. */
    private static String speculation(String labels, TokenSchedule.Speculation told) {
        return told.drafts() == 0
                ? ""
                : counter("spec_decode_num_drafts_total", "Drafts.", labels, told.drafts())
                        + counter("spec_decode_num_draft_tokens_total", "Tokens drafted.", labels, told.draftTokens())
                        + counter(
                                "spec_decode_num_accepted_tokens_total",
                                "Drafted tokens that were right.",
                                labels,
                                told.acceptedTokens());
    }

    private static String finished(String labels, String reason, LongAdder count) {
        return value("request_success_total", "finished_reason=\"" + reason + "\"," + labels, "" + count);
    }

    private static String head(String name, String type, String help) {
        return "# HELP vllm:" + name + " " + help + "\n# TYPE vllm:" + name + " " + type + "\n";
    }

    private static String value(String name, String labels, String value) {
        return "vllm:" + name + "{" + labels + "} " + value + "\n";
    }
}
