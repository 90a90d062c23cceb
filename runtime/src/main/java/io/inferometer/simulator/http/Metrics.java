package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.engine.Model;
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
    String text(String modelName, Model model) {
        String label = "model_name=\"" + modelName.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        StringBuilder text = new StringBuilder();
        int waiting = model.waiting();
        metric(text, "num_requests_running", "gauge", "Requests in the engine.", label, open.sum() - waiting);
        metric(text, "num_requests_waiting", "gauge", "Requests that wait to be let in.", label, waiting);
        header(text, "kv_cache_usage_perc", "gauge", "How full the cache is, 0 to 1.");
        text.append(String.format(Locale.ROOT, "vllm:kv_cache_usage_perc{%s} %.6f\n", label, model.cacheUsage()));
        metric(text, "prompt_tokens_total", "counter", "Prompt tokens read.", label, promptTokens.sum());
        metric(text, "generation_tokens_total", "counter", "Tokens generated.", label, generatedTokens.sum());
        header(text, "request_success_total", "counter", "Requests that have ended.");
        finished(text, label, "stop", stopped);
        finished(text, label, "length", full);
        finished(text, label, "abort", aborted);
        return text.toString();
    }

    private static void finished(StringBuilder text, String label, String reason, LongAdder count) {
        text.append("vllm:request_success_total{finished_reason=\"")
                .append(reason)
                .append("\",")
                .append(label)
                .append("} ")
                .append(count.sum())
                .append('\n');
    }

    private static void metric(StringBuilder text, String name, String type, String help, String label, long value) {
        header(text, name, type, help);
        text.append("vllm:")
                .append(name)
                .append('{')
                .append(label)
                .append("} ")
                .append(value)
                .append('\n');
    }

    private static void header(StringBuilder text, String name, String type, String help) {
        text.append("# HELP vllm:").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
    }
}
