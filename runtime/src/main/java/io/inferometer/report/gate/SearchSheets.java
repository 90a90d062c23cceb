package io.inferometer.report.gate;

import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.MetShare;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a search came to, in tables. */
public final class SearchSheets {
    private static final List<String> PROBES =
            List.of("Probe", "load", "windows", "requests", "met", "low", "high", "Units", "Verdict");

    private static final List<String> VERDICT = List.of("Searched", "low", "high", "probes", "Verdict");

    private SearchSheets() {}

    /** The loads that were tried, a row each; what they came to is no verdict on the search. */
    public static Sheet probes(SearchReport search) {
        List<Sheet.Row> rows = new ArrayList<>();
        List<SearchReport.Probe> all = search.all();
        for (int i = 0; i < all.size(); i++) {
            boolean fresh = search.confirmation().isPresent() && i == all.size() - 1;
            rows.add(row(fresh ? "fresh" : String.valueOf(i + 1), all.get(i)));
        }
        return new Sheet(
                Sheet.Subject.SEARCH,
                List.of(SearchWords.question(search.asked())),
                PROBES,
                rows,
                SearchWords.notes(search));
    }

    private static Sheet.Row row(String name, SearchReport.Probe probe) {
        MetShare share = probe.share();
        return new Sheet.Row(
                name,
                switch (probe.verdict()) {
                    case MET -> Sheet.Result.PASS;
                    case MISSED -> Sheet.Result.FAIL;
                    case UNDECIDED -> Sheet.Result.UNCLEAR;
                },
                List.of(
                        name,
                        Format.plain(probe.load()),
                        Format.count(probe.windows().size()),
                        Format.count(share.requests()),
                        percent(share.share()),
                        percent(share.low()),
                        percent(share.high()),
                        "%",
                        probe.verdict().label() + (probe.overloaded() ? ", overloaded" : "")),
                Map.of());
    }

    /** What it came to as one thing that was judged. */
    public static Sheet verdict(SearchReport search) {
        Bracket bracket = search.bracket();
        String name = search.asked().axis().unit() + " at which " + SearchWords.goal(search.asked());
        Sheet.Row row = new Sheet.Row(
                name,
                switch (search.result()) {
                    case FOUND, AT_LEAST -> Sheet.Result.PASS;
                    case NOT_MET -> Sheet.Result.FAIL;
                    case UNDECIDED, NOT_CONFIRMED, UNFINISHED -> Sheet.Result.UNCLEAR;
                },
                List.of(
                        name,
                        load(bracket.low()),
                        load(bracket.high()),
                        Format.count(search.probes().size()),
                        search.result().label()),
                Map.of());
        List<String> notes = new ArrayList<>(List.of(SearchWords.sentence(search)));
        notes.addAll(SearchWords.notes(search));
        return new Sheet(Sheet.Subject.SEARCH, List.of(), VERDICT, List.of(row), notes);
    }

    /** The same with the loads that were tried as lines of text behind it. */
    public static Sheet verdictWithProbes(SearchReport search) {
        Sheet verdict = verdict(search);
        List<String> lines = new ArrayList<>(verdict.notes());
        lines.add("");
        lines.addAll(probes(search).table().lines());
        return new Sheet(Sheet.Subject.SEARCH, List.of(), verdict.columns(), verdict.rows(), lines);
    }

    private static String load(OptionalDouble load) {
        return load.isPresent() ? Format.plain(load.getAsDouble()) : Format.ABSENT;
    }

    /** Shares near 100 % are told apart by their second decimal. */
    private static String percent(double share) {
        return Double.isNaN(share) ? Format.ABSENT : Format.decimal(share * 100, 2);
    }
}
