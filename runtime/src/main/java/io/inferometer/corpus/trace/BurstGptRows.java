package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.dataset.TableRows;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Rows of lengths at times in numbers. */
final class BurstGptRows implements TraceFile.RowFormat {
    private static final List<String> TITLES = List.of("Timestamp", "Request tokens", "Response tokens");
    private static final List<String> MORE = List.of("Model", "Total tokens", "Log Type", "Session ID", "Elapsed time");

    private final TimeUnit unit;

    BurstGptRows(TimeUnit unit) {
        this.unit = unit;
    }

    static void check(Path file, List<String> titles) {
        check(file, titles, TITLES, MORE);
    }

    /** Refuses a table that lacks a column, or has one that nobody knows. */
    static void check(Path file, List<String> titles, List<String> needed, List<String> more) {
        for (String title : needed) {
            if (!titles.contains(title)) {
                throw new IllegalArgumentException(file + ", line 1: it has no column '" + title + "'; it has "
                        + (titles.isEmpty() ? "none" : "'" + String.join("', '", titles) + "'"));
            }
        }
        for (String title : titles) {
            if (!needed.contains(title) && !more.contains(title)) {
                throw new IllegalArgumentException(
                        file + ", line 1: '" + title + "' is no column of this format; there are '"
                                + String.join("', '", needed)
                                + (more.isEmpty() ? "" : "', '" + String.join("', '", more)) + "'");
            }
        }
    }

    @Override
    public TracedRequest read(TableRows.Row row) {
        Duration at = time(row, "Timestamp");
        return new TracedRequest(
                row.line(),
                Optional.of(at),
                length(row, "Request tokens"),
                OptionalInt.of(count(row, "Response tokens")),
                Map.of());
    }

    private Duration time(TableRows.Row row, String title) {
        String text = row.fields().get(title);
        Optional<Duration> time = text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")
                ? JsonLine.time(new BigDecimal(text), unit)
                : Optional.empty();
        return time.orElseThrow(() -> row.bad("'" + title + "' is " + text + ", not a time from 0 on"));
    }

    /** A prompt of which only the length is known. */
    static Asked length(TableRows.Row row, String title) {
        int tokens = count(row, title);
        return new Asked.Blocks(new HashBlocks(tokens, List.of(), tokens));
    }

    /** A whole number from 1: a request of which nothing came, or nothing was asked, can't be sent again. */
    static int count(TableRows.Row row, String title) {
        if (row.fields().get(title).equals("0")) {
            throw row.bad(
                    "'" + title + "' is 0, so there is nothing to ask for; --skip-bad-lines leaves such rows out");
        }
        return GuideLlmColumns.count(row, title).orElseThrow(() -> row.bad("'" + title + "' is empty"));
    }
}
