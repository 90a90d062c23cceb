package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.instrument.Health;
import io.inferometer.judge.Overload;
import io.inferometer.record.Channel;
import io.inferometer.report.Flag;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.gate.Precisions;
import io.inferometer.report.header.HeaderJson;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.AllPercentiles;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Onset;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.arrival.ArrivalFit;
import io.inferometer.stats.token.Delivery;
import io.inferometer.stats.token.TokenSource;
import io.inferometer.stats.token.Tokens;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The native result as JSON. Places that nothing fills yet are null. */
final class RunJson {
    /** These stand with the connections. */
    static final Set<Metric> OF_CONNECTIONS = EnumSet.of(Metric.CONNECT, Metric.TLS);

    /** Goes up when a reader of the version before would misread a result. */
    static final int SCHEMA_VERSION = 2;

    private static final double NANOS_PER_SECOND = 1e9;

    private RunJson() {}

    static ObjectNode of(RunReport report) {
        ObjectNode node = ResultJson.object()
                .put("format", "inferometer")
                .put("schemaVersion", SCHEMA_VERSION)
                .put("definitions", Summary.DEFINITIONS)
                .put("simulated", report.header().simulated())
                .put("complete", report.complete())
                .put("incompleteReason", report.complete() ? null : report.end().text());
        node.set("run", run(report));
        flags(node, report.flags());
        report.search().ifPresent(search -> node.set("search", SearchJson.of(search)));
        ArrayNode trials = node.putArray("trials");
        report.trials().forEach(trial -> trials.add(trial(trial, report.header())));
        Judged.required(report).ifPresent(sheet -> node.set("required", JudgedJson.of(sheet)));
        Judged.beside(report).ifPresent(sheet -> node.set("beside", JudgedJson.of(sheet)));
        return node;
    }

    private static ObjectNode run(RunReport report) {
        ObjectNode run = HeaderJson.run(report.header());
        report.notes().forEach(note -> run.withArray("/notes").add(note));
        return run;
    }

    private static ObjectNode trial(TrialReport trial, RunHeader header) {
        boolean tellsConnections = header.client(trial.header()).tellsConnections();
        ObjectNode node = ResultJson.object();
        node.set("trial", HeaderJson.trial(trial.header()));
        node.set("summary", summary(trial.summary(), trial.held(), tellsConnections));
        if (!trial.stages().isEmpty()) {
            StagesJson.addTo(node.putArray("stages"), trial.stages());
        }
        node.set("intervals", IntervalsJson.of(trial.intervals(), header.percentiles()));
        node.set("precision", IntervalsJson.of(Precisions.of(trial)));
        node.set("clientOverhead", HealthJson.ofOverhead(trial));
        trial.reproduction()
                .ifPresent(reproduction -> node.set(
                        "reproduction",
                        ReproductionJson.of(reproduction, trial.header().load())));
        trial.server().ifPresent(server -> node.set("server", ServerJson.of(server, trial.summary())));
        if (!trial.members().isEmpty()) {
            MembersJson.addTo(node.putArray("members"), trial.members());
        }
        flags(node, trial.flags());
        ArrayNode failures = node.putArray("failures");
        trial.failures()
                .forEach(failure -> failures.addObject()
                        .put("outcome", failure.outcome().label())
                        .put("status", failure.status() == 0 ? null : failure.status())
                        .put("message", failure.message())
                        .put("requests", failure.requests()));
        ArrayNode iterations = node.putArray("iterations");
        for (IterationReport iteration : trial.iterations()) {
            ObjectNode one = iterations
                    .addObject()
                    .put("iteration", iteration.iteration())
                    .put("fork", iteration.fork())
                    .put("complete", iteration.complete());
            one.set("summary", summary(iteration.summary(), iteration.held(), tellsConnections));
            one.set("health", HealthJson.of(iteration));
        }
        return node;
    }

    private static void flags(ObjectNode node, List<Flag> flags) {
        ArrayNode array = node.putArray("flags");
        flags.forEach(flag -> array.addObject().put("name", flag.name()).put("text", flag.text()));
    }

    private static ObjectNode summary(Summary summary, Optional<Health.Held> held, boolean tellsConnections) {
        ObjectNode node = ResultJson.object();
        node.set("requests", outcomes(summary.outcomes()));
        node.set("throughput", throughput(summary.throughput()));
        summary.arrivals()
                .ifPresentOrElse(
                        arrivals -> node.set("arrivals", arrivals(arrivals, held)), () -> node.putNull("arrivals"));
        summary.goodput()
                .ifPresentOrElse(goodput -> node.set("goodput", goodput(goodput)), () -> node.putNull("goodput"));
        summary.completion()
                .ifPresentOrElse(
                        completion -> node.set("completion", completion(completion)), () -> node.putNull("completion"));
        summary.sessions().ifPresent(sessions -> {
            node.set("sessions", SessionsJson.sessions(sessions));
            node.set("turns", SessionsJson.turns(sessions));
        });
        node.set("metrics", metrics(summary));
        node.set("channels", channels(summary));
        if (tellsConnections) {
            node.set("connections", connections(summary));
        } else {
            node.putNull("connections");
        }
        Distribution tpot = summary.metric(Metric.TPOT);
        if (!tpot.isEmpty()) {
            node.set("interactivityTokensPerSecond", interactivity(tpot));
            node.set("perUserMeanTokensPerSecond", ResultJson.number(NANOS_PER_SECOND / tpot.mean()));
        }
        node.set("tokens", tokens(summary.tokens(), summary.outcomes().succeeded()));
        return node;
    }

    static ObjectNode metrics(Summary summary) {
        ObjectNode metrics = ResultJson.object();
        for (Metric metric : Metric.values()) {
            Distribution distribution = summary.metric(metric);
            if (!distribution.isEmpty() && !OF_CONNECTIONS.contains(metric)) {
                metrics.set(
                        metric.label() + "Ms",
                        distribution(
                                distribution, Optional.ofNullable(summary.all().get(metric))));
            }
        }
        return metrics;
    }

    private static ObjectNode arrivals(Summary.Arrivals arrivals, Optional<Health.Held> held) {
        ObjectNode node = ResultJson.object();
        node.set("offeredRequestsPerSecond", ResultJson.number(arrivals.offeredPerSecond()));
        node.set("achievedRequestsPerSecond", ResultJson.number(arrivals.achievedPerSecond()));
        node.put(
                "overloaded",
                arrivals.steady()
                        ? Overload.of(arrivals.trends(), arrivals.offeredPerSecond())
                                .label()
                        : null);
        arrivals.fit().ifPresentOrElse(fit -> node.set("fit", fit(fit)), () -> node.putNull("fit"));
        held.ifPresentOrElse(
                known -> node.putObject("held").put("byCap", known.byCap()).put("byRecorder", known.byRecorder()),
                () -> node.putNull("held"));
        return node;
    }

    private static ObjectNode fit(ArrivalFit fit) {
        ObjectNode node = ResultJson.object().put("gaps", fit.gaps());
        node.set("rateShare", ResultJson.number(fit.rateShare()));
        node.set("dispersion", ResultJson.number(fit.dispersion()));
        node.set("askedDispersion", ResultJson.number(fit.askedDispersion()));
        node.set("ksDistance", ResultJson.number(fit.distance()));
        return node.put("asAsked", fit.verdict().label());
    }

    private static ObjectNode goodput(Summary.Goodput goodput) {
        ObjectNode node = ResultJson.object()
                .put("requests", goodput.requests())
                .put("judged", goodput.judged())
                .put("notJudged", goodput.notJudged());
        node.set("share", ResultJson.number(goodput.share()));
        node.set("requestsPerSecond", ResultJson.number(goodput.perSecond()));
        return node;
    }

    /** All of them, once any was seen. */
    private static JsonNode channels(Summary summary) {
        if (summary.channels().isEmpty()) {
            return NullNode.instance;
        }
        ObjectNode node = ResultJson.object();
        for (Channel channel : Channel.values()) {
            ObjectNode one = node.putObject(channel.label());
            Optional<Summary.OfChannel> seen =
                    Optional.ofNullable(summary.channels().get(channel));
            one.put("events", seen.map(Summary.OfChannel::events).orElse(0L))
                    .put("answers", seen.map(Summary.OfChannel::answers).orElse(0L));
            seen.ifPresent(came -> one.set("firstMs", distribution(came.firstNanos(), Optional.empty())));
        }
        return node;
    }

    private static ObjectNode connections(Summary summary) {
        ObjectNode node = ResultJson.object()
                .put("cold", summary.connections().cold())
                .put("reused", summary.connections().reused());
        for (Metric metric : OF_CONNECTIONS) {
            Distribution distribution = summary.metric(metric);
            if (!distribution.isEmpty()) {
                node.set(metric.label() + "Ms", distribution(distribution, Optional.empty()));
            }
        }
        return node;
    }

    private static ObjectNode completion(Summary.Completion completion) {
        ObjectNode node = ResultJson.object().put("fork", completion.fork()).put("iteration", completion.iteration());
        ObjectNode done = node.putObject("doneMs");
        completion
                .doneNanos()
                .forEach((percent, nanos) -> done.set(Percentiles.label(percent), ResultJson.millis(nanos)));
        ArrayNode slowest = node.putArray("slowest");
        completion
                .slowest()
                .forEach(slow -> slowest.addObject()
                        .put("fork", slow.fork())
                        .put("iteration", slow.iteration())
                        .put("index", slow.index())
                        .set("e2elMs", ResultJson.millis(slow.e2elNanos())));
        return node;
    }

    static ObjectNode outcomes(Summary.Outcomes outcomes) {
        ObjectNode node = ResultJson.object()
                .put("total", outcomes.total())
                .put("succeeded", outcomes.succeeded())
                .put("failed", outcomes.failed())
                .put("cancelled", outcomes.cancelled())
                .put("censored", outcomes.cancelled());
        ObjectNode counts = node.putObject("outcomes");
        outcomes.counts().forEach((outcome, count) -> counts.put(outcome.label(), count));
        return node;
    }

    private static ObjectNode throughput(Summary.Throughput throughput) {
        ObjectNode node = ResultJson.object();
        node.set("durationMs", ResultJson.millis(throughput.durationNanos()));
        node.set("requestsPerSecond", ResultJson.number(throughput.requestsPerSecond()));
        node.set("itemsPerSecond", ResultJson.number(throughput.itemsPerSecond()));
        node.set("inputTokensPerSecond", ResultJson.number(throughput.inputTokensPerSecond()));
        node.set("outputTokensPerSecond", ResultJson.number(throughput.outputTokensPerSecond()));
        node.set("totalTokensPerSecond", ResultJson.number(throughput.totalTokensPerSecond()));
        node.set("steadyOutputTokensPerSecond", ResultJson.number(throughput.steadyOutputTokensPerSecond()));
        node.set("peakOutputTokensPerSecond", ResultJson.number(throughput.peakOutputTokensPerSecond()));
        node.put("peakInFlight", throughput.peakInFlight() == 0 ? null : Long.valueOf(throughput.peakInFlight()));
        node.set("launchSkewMs", ResultJson.millis(throughput.launchSkewNanos()));
        node.set(
                "onsetMs",
                ResultJson.millis(throughput.onset().map(Onset::nanos).orElse(Double.NaN)));
        node.set(
                "little",
                ResultJson.number(throughput.little().map(Summary.Little::share).orElse(Double.NaN)));
        return node;
    }

    static ObjectNode distribution(Distribution distribution, Optional<AllPercentiles> all) {
        ObjectNode node = ResultJson.object()
                .put("count", distribution.count() == Distribution.UNTOLD ? null : distribution.count());
        node.set("mean", ResultJson.millis(distribution.mean()));
        node.set("std", ResultJson.millis(distribution.std()));
        node.set("min", ResultJson.millis(distribution.min()));
        node.set("max", ResultJson.millis(distribution.max()));
        distribution.percentiles().forEach((p, nanos) -> node.set(Percentiles.label(p), ResultJson.millis(nanos)));
        all.ifPresent(known -> {
            known.percentiles().forEach((p, nanos) -> node.set(Percentiles.label(p) + "All", ResultJson.millis(nanos)));
            node.put("countAll", known.count()).put("censored", known.cutOff());
            node.set("beyondAll", ResultJson.millis(known.beyond()));
        });
        node.put("exact", distribution.exact());
        ArrayNode uncarried = node.putArray("uncarried");
        distribution.percentiles().keySet().stream()
                .filter(p -> !distribution.carries(p))
                .forEach(p -> uncarried.add(Percentiles.label(p)));
        return node;
    }

    /** 1 / each percentile of tpot. */
    private static ObjectNode interactivity(Distribution tpot) {
        ObjectNode node = ResultJson.object();
        tpot.percentiles()
                .forEach((p, nanos) -> node.set(Percentiles.label(p), ResultJson.number(NANOS_PER_SECOND / nanos)));
        return node;
    }

    private static ObjectNode tokens(Tokens tokens, long succeeded) {
        ObjectNode node = ResultJson.object()
                .put("input", counted(tokens.input(), succeeded))
                .put("output", counted(tokens.output(), succeeded));
        sources(node.putObject("inputSources"), tokens.inputSources());
        sources(node.putObject("outputSources"), tokens.outputSources());
        node.put("hiddenReasoningAnswers", tokens.hiddenReasoning())
                .put("events", tokens.events())
                .put("streamed", tokens.streamed())
                .put("gaps", tokens.gaps())
                .put("coalescedGaps", tokens.coalesced());
        node.set("coalescedShare", ResultJson.number(tokens.coalescedShare()));
        ObjectNode humps = node.putObject("itlHumps");
        humps.set("shortGaps", ResultJson.number(tokens.humps().shortGaps()));
        humps.set("longTime", ResultJson.number(tokens.humps().longTime()));
        node.set("perEvent", ResultJson.number(tokens.perEvent()));
        node.put("lengthsChecked", tokens.lengthsChecked())
                .put("lengthsMissed", tokens.lengthsMissed())
                .put("requested", tokens.requested())
                .put("received", tokens.received())
                .put("inputsDiffering", tokens.inputsDiffering())
                .put("outputsDiffering", tokens.outputsDiffering())
                .put("cached", tokens.cached())
                .set("cachedShare", ResultJson.number(tokens.cachedShare()));
        Delivery delivery = tokens.delivery();
        node.put("notStreamed", delivery.notStreamed())
                .put("bufferedFirstReads", delivery.bufferedFirstReads())
                .put("tpotBounded", delivery.tpotBounded())
                .put("withoutText", delivery.withoutText())
                .put("choices", delivery.choices())
                .put("withoutLastEvent", delivery.withoutLast());
        node.set("unknownEvents", numbers(delivery.unknownEvents()));
        node.set("unknownFinishReasons", numbers(delivery.finishReasons()));
        node.set("contentTypes", numbers(delivery.contentTypes()));
        return node;
    }

    private static ObjectNode numbers(Map<String, Long> words) {
        ObjectNode node = ResultJson.object();
        words.forEach(node::put);
        return node;
    }

    /** No prompt and no answer is without a token, so a sum of none is no count. */
    private static Long counted(long tokens, long succeeded) {
        return tokens == 0 && succeeded > 0 ? null : Long.valueOf(tokens);
    }

    private static void sources(ObjectNode node, Map<TokenSource, Long> sources) {
        for (TokenSource source : TokenSource.values()) {
            node.put(source.label(), sources.getOrDefault(source, 0L));
        }
    }
}
