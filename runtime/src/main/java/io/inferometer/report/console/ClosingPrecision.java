package io.inferometer.report.console;

import io.inferometer.report.RunReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.gate.Precisions;
import io.inferometer.report.gate.Sheet;
import java.util.ArrayList;
import java.util.List;

/** How narrow the figures are known for which iterations went on; nothing where they did not. */
final class ClosingPrecision {
    private ClosingPrecision() {}

    static List<String> lines(RunReport run, Page page) {
        List<String> lines = new ArrayList<>();
        Precisions.of(run).ifPresent(precisions -> {
            Sheet sheet = precisions.sheet();
            lines.add("");
            lines.add("Precision: " + sheet.title() + ":");
            lines.addAll(page.table(sheet.table()));
            sheet.notes().forEach(note -> lines.addAll(page.wrapped("  ", note)));
        });
        return lines;
    }
}
