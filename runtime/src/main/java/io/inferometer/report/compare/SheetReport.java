package io.inferometer.report.compare;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.gate.JunitXml;
import io.inferometer.report.gate.Markdown;
import io.inferometer.report.gate.Precisions;
import io.inferometer.report.gate.RunMarkdown;
import io.inferometer.report.gate.SearchSheets;
import io.inferometer.report.gate.Sheet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was asked of a run, and came of it, as a file: test cases, or a text with the run's main figures too. */
public final class SheetReport implements ResultReport {
    private final Destination destination;

    public SheetReport(Destination destination) {
        this.destination = destination;
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        List<Sheet> sheets = new ArrayList<>(Judged.of(run));
        Precisions.of(run).map(Precisions::sheet).ifPresent(sheets::add);
        if (destination.asked().format() == ResultFormat.JUNIT) {
            run.search().map(SearchSheets::verdictWithProbes).ifPresent(sheets::add);
            write(destination, JunitXml.of(sheets));
        } else {
            write(
                    destination,
                    RunMarkdown.of(run)
                            + sheets.stream()
                                    .map(sheet -> "\n" + Markdown.of(sheet))
                                    .collect(Collectors.joining())
                            + run.search()
                                    .map(search -> "\n" + Markdown.of(search))
                                    .orElse(""));
        }
    }

    /** Writes what was judged. */
    public static void write(Destination destination, Sheet sheet) throws IOException {
        write(
                destination,
                destination.asked().format() == ResultFormat.JUNIT ? JunitXml.of(List.of(sheet)) : Markdown.of(sheet));
    }

    private static void write(Destination destination, String text) throws IOException {
        destination.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
