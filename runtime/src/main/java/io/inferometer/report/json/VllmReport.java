package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.dialect.Dialect;
import io.inferometer.stats.dialect.DialectSummary;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flat keys of vLLM's serving benchmark, with values by its own definitions ({@link Dialect#VLLM}); a file for each
 * trial. With details it also holds an entry for each measured request in arrays, in the order of forks, iterations and indices; a failed
 * one has zeros there and its error, as vLLM writes it.
 */
public final class VllmReport implements ResultReport {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Destination destination;
    private final boolean detailed;
    private final Map<Integer, Measured> trials = new HashMap<>();
    private Measured current;

    /** @param detailed whether it holds an entry for each request */
    public VllmReport(Destination destination, boolean detailed) {
        this.destination = destination;
        this.detailed = detailed;
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void trialStarted(TrialHeader trial) {
        trials.values().stream().filter(other -> !other.header.besides(trial)).forEach(Measured::end);
        current = new Measured(trial);
        trials.put(trial.index(), current);
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) {
        current = trials.get(trial.index());
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        if (record.warmup()) {
            return;
        }
        Dialect.Request request = Dialect.VLLM.request(record, metrics.tokens());
        current.builder.add(record, request);
        if (detailed) {
            current.details.put(
                    Place.of(record), new Detail(request, tokens(request, metrics), record.text(), record.error()));
        }
    }

    /** Those of another tool's answers are counted as its totals are. */
    private int tokens(Dialect.Request request, RequestMetrics metrics) {
        return current.header.imported() ? Math.max(0, metrics.tokens().output()) : request.outputTokens();
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) {
        current.builder.iterationEnded();
    }

    @Override
    public void iterationEnded(IterationReport iteration) {
        current.builder.iterationEnded();
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        trials.values().forEach(Measured::end);
        for (TrialReport trial : report.trials()) {
            ObjectNode node = json(report, trial, trials.get(trial.header().index()));
            destination.write(trial.header(), ResultJson.bytes(node));
        }
    }

    private static ObjectNode json(RunReport report, TrialReport trial, Measured measured) {
        TrialHeader header = trial.header();
        DialectSummary summary = header.imported() ? DialectSummary.told(trial.summary()) : measured.summary;
        ObjectNode node = ResultJson.object()
                .put("date", DATE.format(report.header().startedAt()))
                .put("backend", backend(header))
                .put("model_id", header.model())
                .put(
                        "tokenizer_id",
                        header.figures().tokenizer().isEmpty()
                                ? header.model()
                                : header.figures().tokenizer())
                .put("num_prompts", summary.completed() + summary.failed());
        load(node, header);
        node.set("duration", ResultJson.seconds(summary.durationNanos()));
        node.put("completed", summary.completed())
                .put("failed", summary.failed())
                .put("total_input_tokens", summary.inputTokens());
        if (header.hasText()) {
            node.put("total_output_tokens", summary.outputTokens());
        }
        node.set("request_throughput", ResultJson.number(summary.perSecond(summary.completed())));
        node.set(
                "request_goodput",
                ResultJson.number(trial.summary()
                        .goodput()
                        .map(Summary.Goodput::requests)
                        .map(summary::perSecond)
                        .orElse(Double.NaN)));
        if (header.hasText()) {
            node.set("output_throughput", ResultJson.number(summary.perSecond(summary.outputTokens())));
        }
        long allTokens = summary.inputTokens() + (header.hasText() ? summary.outputTokens() : 0);
        node.set("total_token_throughput", ResultJson.number(summary.perSecond(allTokens)));
        details(node, measured, header.hasText());
        if (header.hasText()) {
            metric(node, "ttft", summary.ttft());
            metric(node, "tpot", summary.tpot());
            metric(node, "itl", summary.itl());
        }
        metric(node, "e2el", summary.e2el());
        if (trial.watched()) {
            node.put("client_suspect", trial.suspect().isPresent());
        }
        trial.overhead()
                .ifPresent(overhead -> overhead.metrics()
                        .forEach((metric, added) -> List.of(50.0, 99.0)
                                .forEach(p -> node.set(
                                        "client_overhead_" + Percentiles.label(p) + "_" + metric.label() + "_ms",
                                        ResultJson.millis(added.percentile(p))))));
        return node.put("simulated", header.simulated()).put("complete", report.complete());
    }

    /** What vLLM's benchmark calls the API, where it knows it. */
    private static String backend(TrialHeader header) {
        return switch (header.endpoint().protocol().orElse(Protocol.CHAT)) {
            case CHAT -> "openai-chat";
            case COMPLETIONS -> "openai";
            case RESPONSES -> "openai-responses";
            case MESSAGES -> "anthropic-messages";
            case EMBEDDINGS -> "openai-embeddings";
            case RERANK -> "vllm-rerank";
        };
    }

    private static void load(ObjectNode node, TrialHeader header) {
        if (header.load() instanceof Load.Open open) {
            node.put("request_rate", open.rate());
            if (open.arrivals() == Arrivals.CONSTANT) {
                node.put("burstiness", "inf");
            } else {
                node.put("burstiness", open.burstiness());
            }
            open.ramp()
                    .ifPresent(ramp -> node.put("request_rate", "inf")
                            .put("ramp_up_strategy", Format.word(ramp.strategy()))
                            .put("ramp_up_start_rps", ramp.startPerSecond())
                            .put("ramp_up_end_rps", ramp.endPerSecond()));
        } else {
            node.put("request_rate", "inf").put("burstiness", 1.0);
        }
        if (header.load() instanceof StagedLoad stages && stages.open()) {
            node.put("request_rate", stages.mean());
        }
        Integer most = null;
        if (header.load() instanceof Load.Closed closed) {
            most = closed.concurrency();
        } else if (header.load() instanceof StagedLoad stages && stages.closed()) {
            most = (int) stages.peak();
        } else if (header.load() instanceof Load.Open open && open.capped()) {
            most = open.mostInFlight();
        }
        node.put("max_concurrency", most);
    }

    private static void metric(ObjectNode node, String name, Distribution distribution) {
        node.set("mean_" + name + "_ms", ResultJson.millis(distribution.mean()));
        node.set("median_" + name + "_ms", ResultJson.millis(distribution.percentile(50)));
        node.set("std_" + name + "_ms", ResultJson.millis(distribution.std()));
        PERCENTILES.forEach(p ->
                node.set(Percentiles.label(p) + "_" + name + "_ms", ResultJson.millis(distribution.percentile(p))));
    }

    private static void details(ObjectNode node, Measured measured, boolean text) {
        if (measured.details.isEmpty()) {
            return;
        }
        ArrayNode inputLens = node.putArray("input_lens");
        measured.details
                .values()
                .forEach(detail -> inputLens.add(detail.request().inputTokens()));
        if (text) {
            texts(node, measured);
        }
        ArrayNode errors = node.putArray("errors");
        measured.details.values().forEach(detail -> errors.add(detail.error()));
    }

    private static void texts(ObjectNode node, Measured measured) {
        ArrayNode outputLens = node.putArray("output_lens");
        ArrayNode ttfts = node.putArray("ttfts");
        ArrayNode itls = node.putArray("itls");
        ArrayNode texts = node.putArray("generated_texts");
        for (Detail detail : measured.details.values()) {
            Dialect.Request request = detail.request();
            outputLens.add(detail.outputTokens());
            ttfts.add(Double.isNaN(request.ttftNanos()) ? 0 : request.ttftNanos() / NANOS_PER_SECOND);
            ArrayNode gaps = itls.addArray();
            for (long gap : request.gapNanos()) {
                gaps.add(gap / NANOS_PER_SECOND);
            }
            texts.add(detail.text());
        }
    }

    /** What was measured of one trial. */
    private static final class Measured {
        private final Map<Place, Detail> details = new TreeMap<>(Place.ORDER);
        private DialectSummary.Builder builder = new DialectSummary.Builder();
        private final TrialHeader header;
        private DialectSummary summary;

        private Measured(TrialHeader header) {
            this.header = header;
        }

        /** What is needed to make the summary is let go of. */
        private void end() {
            if (builder != null) {
                summary = builder.build();
                builder = null;
            }
        }
    }

    /** Which request of a trial it is: each fork counts its own. */
    private record Place(int fork, int iteration, long index) {
        static final Comparator<Place> ORDER = Comparator.comparingInt(Place::fork)
                .thenComparingInt(Place::iteration)
                .thenComparingLong(Place::index);

        static Place of(RequestRecord record) {
            return new Place(record.fork(), record.iteration(), record.index());
        }
    }

    private record Detail(Dialect.Request request, int outputTokens, String text, String error) {}
}
