package io.inferometer.report.gate;

import io.inferometer.report.search.SearchReport;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What was judged as a text for a pull request's comment, or a CI step's summary. */
public final class Markdown {
    private Markdown() {}

    /**
     * {@return what a search came to, and the loads that were tried}
     *
     * @param search what was found
     */
    public static String of(SearchReport search) {
        Sheet probes = SearchSheets.probes(search);
        return of(SearchSheets.verdict(search))
                + "\n"
                + table(
                        probes.columns(),
                        probes.rows().stream().map(Sheet.Row::cells).toList());
    }

    /**
     * {@return the text of the file}
     *
     * @param sheet what was judged
     */
    public static String of(Sheet sheet) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(escaped(sheet.title())).append("\n\n");
        text.append("**").append(escaped(sheet.verdict())).append("**\n\n");
        sheet.about().forEach(line -> text.append(escaped(line)).append("\n\n"));
        text.append(table(
                sheet.columns(), sheet.rows().stream().map(Sheet.Row::cells).toList()));
        if (!sheet.notes().isEmpty()) {
            text.append('\n');
            sheet.notes()
                    .forEach(note -> text.append("- ").append(escaped(note)).append('\n'));
        }
        return text.toString();
    }

    /** A table, the first column and the last to the left, the others to the right; empty without a row. */
    static String table(List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        String between = String.join(" | ", Collections.nCopies(columns.size() - 2, "---:"));
        return row(columns) + "| --- | " + between + " | --- |\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String escaped(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("([\\\\|<>*_`\\[\\]#&])", "\\\\$1");
    }
}
