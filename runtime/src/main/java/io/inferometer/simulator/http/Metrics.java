package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.engine.TokenSchedule;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What the endpoint has done and is doing, for {@code /metrics}. Thread-safe. */
public final class Metrics {
    private final LongAdder open = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder generatedTokens = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder aborted = new LongAdder();

    /** Counts an answer from its beginning on. */
    Meter begin(Order order, Generation.Sink sink) {
        open.increment();
        return new Meter(order, sink);
    }

    /** Counts one answer's tokens on their way. Confined to its event loop. */
    final class Meter implements Generation.Sink {
        private final Order order;
        private final Generation.Sink sink;
        private boolean begun;
        private boolean ended;

        private Meter(Order order, Generation.Sink sink) {
            this.order = order;
            this.sink = sink;
        }

        @Override
        public void due(int events, int tokens, boolean last) {
            if (!begun) {
                begun = true;
                promptTokens.add(order.promptTokens());
            }
            generatedTokens.add(tokens);
            if (last) {
                ended = true;
                open.decrement();
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

    /** All of it in Prometheus' text form, under the names that vLLM gives them. */
    String text(String modelName, TokenSchedule schedule) {
        String label = "model_name=\"" + modelName.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        int waiting = schedule.waiting();
        return gauge("num_requests_running", "Requests in the engine.", label, "" + (open.sum() - waiting))
                + gauge("num_requests_waiting", "Requests that wait to be let in.", label, "" + waiting)
                + gauge(
                        "kv_cache_usage_perc",
                        "How full the cache is, 0 to 1.",
                        label,
                        String.format(Locale.ROOT, "%.6f", schedule.cacheUsage()))
                + head("prompt_tokens_total", "counter", "Prompt tokens read.")
                + value("prompt_tokens_total", label, "" + promptTokens)
                + head("generation_tokens_total", "counter", "Tokens generated.")
                + value("generation_tokens_total", label, "" + generatedTokens)
                + head("request_success_total", "counter", "Requests that have ended.")
                + finished(label, "stop", stopped)
                + finished(label, "length", full)
                + finished(label, "abort", aborted);
    }

    private static String gauge(String name, String help, String label, String value) {
        return head(name, "gauge", help) + value(name, label, value);
    }

    private static String finished(String label, String reason, LongAdder count) {
        return value("request_success_total", "finished_reason=\"" + reason + "\"," + label, "" + count);
    }

    private static String head(String name, String type, String help) {
        return "# HELP vllm:" + name + " " + help + "\n# TYPE vllm:" + name + " " + type + "\n";
    }

    private static String value(String name, String labels, String value) {
        return "vllm:" + name + "{" + labels + "} " + value + "\n";
    }
}
