package io.inferometer.report.csv;

import static io.inferometer.report.csv.CsvColumn.count;
import static io.inferometer.report.csv.CsvColumn.millis;
import static io.inferometer.report.csv.CsvColumn.time;

import io.inferometer.record.Place;
import io.inferometer.report.header.RunHeader;
import java.util.List;
import java.util.Locale;

/**
 * The columns of {@code -rf requests}, for programs: the same in every run, whatever it has of them. Times of what happened
 * are milliseconds since the start of the run, the others since the request was sent.
 */
public final class RequestColumns {
    private static final List<CsvColumn> ALL = List.of(
            new CsvColumn("trial", (trial, record, metrics) -> record.trial()),
            new CsvColumn("workload", (trial, record, metrics) -> trial.workload()),
            new CsvColumn("fork", (trial, record, metrics) -> record.fork()),
            new CsvColumn(
                    "member", (trial, record, metrics) -> count(record.place().member())),
            new CsvColumn("iteration", (trial, record, metrics) -> record.iteration()),
            new CsvColumn("session", (trial, record, metrics) -> session(record.place())),
            new CsvColumn(
                    "turn", (trial, record, metrics) -> count(record.place().turn())),
            new CsvColumn("slot", (trial, record, metrics) -> record.slot() < 0 ? null : record.slot()),
            new CsvColumn("index", (trial, record, metrics) -> record.index()),
            new CsvColumn(
                    "stage", (trial, record, metrics) -> count(record.place().stage())),
            new CsvColumn(
                    "protocol",
                    (trial, record, metrics) -> trial.endpoint()
                            .protocol()
                            .map(protocol -> protocol.name().toLowerCase(Locale.ROOT))
                            .orElse(null)),
            new CsvColumn("scheduled_ms", (trial, record, metrics) -> time(trial, record.scheduledNanos())),
            new CsvColumn("released_ms", (trial, record, metrics) -> time(trial, record.releasedNanos())),
            new CsvColumn("sent_ms", (trial, record, metrics) -> time(trial, record.sentNanos())),
            new CsvColumn("ttft_ms", (trial, record, metrics) -> millis(metrics.ttftNanos())),
            new CsvColumn("ttfvt_ms", (trial, record, metrics) -> millis(metrics.ttfvtNanos())),
            new CsvColumn("tpot_ms", (trial, record, metrics) -> millis(metrics.tpotNanos())),
            new CsvColumn("e2el_ms", (trial, record, metrics) -> millis(metrics.e2elNanos())),
            new CsvColumn("end_ms", (trial, record, metrics) -> time(trial, record.endNanos())),
            new CsvColumn(
                    "input_tokens",
                    (trial, record, metrics) -> count(metrics.tokens().input())),
            new CsvColumn(
                    "cached_tokens",
                    (trial, record, metrics) -> count(record.usage().cachedTokens())),
            new CsvColumn(
                    "output_tokens",
                    (trial, record, metrics) -> count(metrics.tokens().output())),
            new CsvColumn(
                    "reasoning_tokens",
                    (trial, record, metrics) -> count(record.usage().reasoningTokens())),
            new CsvColumn("events", (trial, record, metrics) -> record.streamed() ? record.eventNanos().length : null),
            new CsvColumn(
                    "outcome", (trial, record, metrics) -> record.outcome().label()),
            new CsvColumn(
                    "finish", (trial, record, metrics) -> text(record.form().finishReason())),
            new CsvColumn("error", (trial, record, metrics) -> text(record.error())));

    private RequestColumns() {}

    /** Every column, in any run. */
    public static List<CsvColumn> of(RunHeader run) {
        return ALL;
    }

    /** Its number; of one that began within another, that one's number and its own branch: {@code 3/2.0}. */
    private static Object session(Place place) {
        if (!place.inSession()) {
            return null;
        }
        return place.branch().isEmpty() ? (Object) place.session() : place.session() + "/" + place.branch();
    }

    private static String text(String word) {
        return word.isEmpty() ? null : word;
    }
}
