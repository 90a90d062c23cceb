package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.TableRows;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows whose times are dates, which count from that of the first one. */
final class AzureRows implements TraceFile.RowFormat {
    private static final List<String> TITLES = List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

    private LocalDateTime first;

    static void check(Path file, List<String> titles) {
        BurstGptRows.check(file, titles, TITLES, List.of());
    }

    @Override
    public TracedRequest read(TableRows.Row row) {
        LocalDateTime time = time(row);
        Asked asked = BurstGptRows.length(row, "ContextTokens");
        int output = BurstGptRows.count(row, "GeneratedTokens");
        LocalDateTime beginning = first == null ? time : first;
        if (time.isBefore(beginning)) {
            throw row.bad("its time, " + row.fields().get("TIMESTAMP") + ", is before that of the first row");
        }
        first = beginning;
        return new TracedRequest(
                row.line(), Optional.of(Duration.between(beginning, time)), asked, OptionalInt.of(output), Map.of());
    }

    private static LocalDateTime time(TableRows.Row row) {
        String text = row.fields().get("TIMESTAMP").replace(' ', 'T');
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0;
        try {
            return zoned
                    ? OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw row.bad("'TIMESTAMP' is " + row.fields().get("TIMESTAMP")
                    + ", not a date and time such as 2023-11-16 18:15:46.6805900");
        }
    }
}
