package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.BadLine;
import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.dataset.JsonLines;
import io.inferometer.corpus.dataset.TableRows;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the requests of a file one by one, so that it may be longer than memory. Their times never go back. For one thread.
 */
public final class TraceFile implements Closeable {
    private final Path file;
    private final TraceFormat format;
    private final boolean skipBadLines;
    private final Reading reading;
    private final Closeable source;
    private Duration last = Duration.ZERO;
    private long read;
    private long skipped;
    private String firstSkipped = "";

    /** Reads the next line; empty at the end of the file. */
    private interface Reading {
        Optional<TracedRequest> next() throws IOException;
    }

    /** What a line of JSON lines means. */
    interface LineFormat {
        /** The request of a line. */
        TracedRequest read(JsonLine line);
    }

    /** What a row of a table means. */
    interface RowFormat {
        /** The request of a row. */
        TracedRequest read(TableRows.Row row);
    }

    private TraceFile(Path file, TraceSettings settings, Reading reading, Closeable source) {
        this.file = file;
        this.format = settings.format();
        this.skipBadLines = settings.skipBadLines();
        this.reading = reading;
        this.source = source;
    }

    /**
     * Opens a file.
     *
     * @param file read as it is asked for, never whole
     * @param settings how it is to be read
     * @return the file, at its first request
     * @throws IllegalArgumentException if there is no such file, or it is not of that format
     * @throws IOException if it can't be read
     */
    public static TraceFile open(Path file, TraceSettings settings) throws IOException {
        return switch (settings.format()) {
            case MOONCAKE -> lines(file, settings, new MooncakeLines(settings));
            case AIPERF -> lines(file, settings, new AiperfLines(settings));
            case BAILIAN -> lines(file, settings, new BailianLines(settings));
            case SINGLE_TURN -> lines(file, settings, new SingleTurnLines(settings));
            case CUSTOM -> lines(file, settings, DataSetLines::custom);
            case OPENAI_BATCH -> lines(file, settings, new BatchLines());
            case RAW_PAYLOAD -> lines(file, settings, DataSetLines::rawPayload);
            case GUIDELLM ->
                isTable(file)
                        ? rows(file, settings, GuideLlmColumns::check, GuideLlmColumns::row)
                        : lines(file, settings, GuideLlmColumns::line);
            case AZURE -> rows(file, settings, AzureRows::check, new AzureRows());
            case BURSTGPT -> rows(file, settings, BurstGptRows::check, new BurstGptRows(settings.timeUnit()));
        };
    }

    private static boolean isTable(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private static TraceFile lines(Path file, TraceSettings settings, LineFormat format) throws IOException {
        JsonLines lines = new JsonLines(file);
        return new TraceFile(file, settings, () -> lines.next().map(format::read), lines);
    }

    /** Makes sure that a table has the columns of a format. */
    private interface Titles {
        void check(Path file, List<String> titles);
    }

    private static TraceFile rows(Path file, TraceSettings settings, Titles titles, RowFormat format)
            throws IOException {
        TableRows rows = new TableRows(file);
        try {
            titles.check(file, rows.titles());
        } catch (IllegalArgumentException e) {
            rows.close();
            throw e;
        }
        return new TraceFile(file, settings, () -> rows.next().map(format::read), rows);
    }

    /**
     * {@return the next request; empty at the end of the file}
     *
     * @throws BadLine if it can't be read, unless such are passed over
     * @throws IllegalArgumentException if the file holds none at all; known when the first is asked for
     * @throws IOException if it can't be read
     */
    public Optional<TracedRequest> next() throws IOException {
        while (true) {
            try {
                Optional<TracedRequest> next = reading.next();
                next.ifPresent(this::inOrder);
                if (next.isEmpty() && read == 0) {
                    throw new IllegalArgumentException(file + " holds no requests"
                            + (skipped == 0 ? "" : ": none of its " + skipped + " lines can be read; " + firstSkipped));
                }
                read++;
                return next;
            } catch (BadLine bad) {
                if (!skipBadLines) {
                    throw read > 0 || !bad.unknownKey() ? bad : bad.with("it is read as format=" + format.label());
                }
                skipped++;
                firstSkipped = skipped == 1 ? bad.getMessage() : firstSkipped;
            }
        }
    }

    private void inOrder(TracedRequest request) {
        Duration at = request.at().orElse(last);
        if (at.compareTo(last) < 0) {
            throw new BadLine(
                    file.toString(),
                    request.line(),
                    "its time, " + seconds(at) + " s, is before that of the line before it, " + seconds(last)
                            + " s; sort the file by time");
        }
        last = at;
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** {@return what was passed over so far, in a sentence; empty if nothing was} */
    public String skipped() {
        return skipped == 0
                ? ""
                : skipped + (skipped == 1 ? " line" : " lines") + " of " + file + " can't be read and "
                        + (skipped == 1 ? "was" : "were") + " passed over: " + firstSkipped;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
