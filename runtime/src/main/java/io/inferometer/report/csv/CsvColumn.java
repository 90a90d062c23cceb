package io.inferometer.report.csv;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.StagedLoad;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of rows that are requests. What a request does not have is absent: the latency of a failed one too, for what
 * reads the column must not take it for one.
 *
 * @param name its title
 * @param value its value in the row of a request
 */
public record CsvColumn(String name, Value value) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** What readers of such files expect to come first. */
    private static final List<CsvColumn> EXPECTED = List.of(
            new CsvColumn("index", (trial, record, metrics) -> record.index()),
            new CsvColumn(
                    "prompt_tokens",
                    (trial, record, metrics) -> count(metrics.tokens().input())),
            new CsvColumn(
                    "completion_tokens",
                    (trial, record, metrics) -> count(metrics.tokens().output())),
            new CsvColumn(
                    "total_tokens",
                    (trial, record, metrics) -> count(metrics.tokens().total())),
            new CsvColumn("latency_ms", (trial, record, metrics) -> millis(metrics.e2elNanos())),
            new CsvColumn("status", (trial, record, metrics) -> record.outcome().label()),
            new CsvColumn("error", (trial, record, metrics) -> record.error()));

    private static final CsvColumn FORK = new CsvColumn("fork", (trial, record, metrics) -> record.fork());
    private static final CsvColumn MEMBER = new CsvColumn(
            "member", (trial, record, metrics) -> count(record.place().member()));
    private static final CsvColumn TTFT =
            new CsvColumn("ttft_ms", (trial, record, metrics) -> millis(metrics.ttftNanos()));
    private static final CsvColumn TTFVT =
            new CsvColumn("ttfvt_ms", (trial, record, metrics) -> millis(metrics.ttfvtNanos()));
    private static final CsvColumn TPOT =
            new CsvColumn("tpot_ms", (trial, record, metrics) -> millis(metrics.tpotNanos()));
    private static final CsvColumn ITEMS = new CsvColumn(
            "items",
            (trial, record, metrics) ->
                    record.form().items() == 0 ? null : record.form().items());
    private static final CsvColumn STAGE = new CsvColumn(
            "stage", (trial, record, metrics) -> count(record.place().stage()));
    private static final CsvColumn SIMULATED =
            new CsvColumn("simulated", (trial, record, metrics) -> trial.simulated());

    private static final List<CsvColumn> FURTHER = List.of(
            new CsvColumn("trial", (trial, record, metrics) -> record.trial()),
            FORK,
            new CsvColumn("iteration", (trial, record, metrics) -> record.iteration()),
            new CsvColumn("slot", (trial, record, metrics) -> record.slot() < 0 ? null : record.slot()),
            new CsvColumn("http_status", (trial, record, metrics) -> record.status() == 0 ? null : record.status()),
            new CsvColumn("sent_ms", (trial, record, metrics) -> time(trial, record.sentNanos())),
            new CsvColumn("end_ms", (trial, record, metrics) -> time(trial, record.endNanos())),
            TTFT,
            TTFVT,
            TPOT,
            new CsvColumn("client_dispatch_ms", (trial, record, metrics) -> millis(metrics.clientDispatchNanos())),
            new CsvColumn("schedule_delay_ms", (trial, record, metrics) -> millis(metrics.scheduleDelayNanos())),
            new CsvColumn("requested_tokens", (trial, record, metrics) -> count(record.requestedOutputTokens())),
            new CsvColumn(
                    "tokens_from",
                    (trial, record, metrics) -> metrics.tokens().outputSource().label()),
            SIMULATED);

    /** Finds the value of a request: a number, a text or a boolean, null where it has none. */
    @FunctionalInterface
    interface Value {
        Object of(TrialHeader trial, RequestRecord record, RequestMetrics metrics);
    }

    /** Everything there is to say of a request: of the times of tokens only where answers have some, else of items. */
    public static List<CsvColumn> all(RunHeader run) {
        List<CsvColumn> columns = new ArrayList<>(EXPECTED);
        columns.addAll(FURTHER);
        if (run.runner().crew().isPresent()) {
            columns.add(columns.indexOf(FORK) + 1, MEMBER);
        }
        if (run.trials().stream().noneMatch(TrialHeader::hasText)) {
            columns.removeAll(List.of(TTFT, TTFVT, TPOT));
        }
        if (!run.trials().stream().allMatch(TrialHeader::hasText)) {
            columns.add(ITEMS);
        }
        if (run.trials().stream().anyMatch(trial -> trial.load() instanceof StagedLoad)) {
            columns.add(STAGE);
        }
        return columns;
    }

    /**
     * The seven that are expected, with fork and member where there are any, ttft and tpot where answers are streamed, and whether
     * it is all simulated.
     */
    public static List<CsvColumn> batch(RunHeader run) {
        List<CsvColumn> columns = new ArrayList<>(EXPECTED);
        if (run.trials().stream().anyMatch(trial -> trial.forks().count() > 0)) {
            columns.add(FORK);
        }
        if (run.runner().crew().isPresent()) {
            columns.add(MEMBER);
        }
        if (run.trials().stream()
                .anyMatch(trial ->
                        trial.hasText() && trial.everyRequest().streaming().orElse(false))) {
            columns.add(TTFT);
            columns.add(TPOT);
        }
        if (run.simulated()) {
            columns.add(SIMULATED);
        }
        return columns;
    }

    static Integer count(int tokens) {
        return tokens == Usage.ABSENT ? null : tokens;
    }

    static Double millis(double nanos) {
        return Double.isNaN(nanos) ? null : nanos / NANOS_PER_MILLI;
    }

    /** No other tool's result tells when a request was sent. */
    static Double time(TrialHeader trial, long nanos) {
        return trial.imported() || nanos == RequestRecord.ABSENT ? null : millis(nanos);
    }
}
