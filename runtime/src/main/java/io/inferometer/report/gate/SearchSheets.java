package io.inferometer.report.gate;

import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.MetShare;
import io.inferometer.judge.search.Rated;
import io.inferometer.report.search.SearchAim;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a search came to, in tables. */
public final class SearchSheets {
    private static final List<String> PROBES =
            List.of("Probe", "load", "windows", "requests", "met", "low", "high", "Units", "Verdict");

    private static final List<String> RATES =
            List.of("Probe", "load", "windows", "requests", "rate", "low", "high", "Units", "Verdict");

    private static final List<String> VERDICT = List.of("Searched", "low", "high", "probes", "Verdict");

    private SearchSheets() {}

    /**
     * {@return the loads that were tried, a row each; what they came to is no verdict on the search}
     *
     * @param search what was found
     */
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
                search.asked().aim() instanceof SearchAim.Most ? RATES : PROBES,
                rows,
                SearchWords.notes(search));
    }

    private static Sheet.Row row(String name, SearchReport.Probe probe) {
        MetShare share = probe.share();
        Optional<Rated> rated = probe.rates().isEmpty() ? Optional.empty() : Optional.of(probe.rated());
        return new Sheet.Row(
                name,
                switch (probe.verdict()) {
                    case MET, REACHED -> Sheet.Result.PASS;
                    case MISSED, BELOW -> Sheet.Result.FAIL;
                    case UNDECIDED, GREATEST -> Sheet.Result.UNCLEAR;
                },
                List.of(
                        name,
                        Format.plain(probe.load()),
                        Format.count(probe.windows().size()),
                        Format.count(share.requests()),
                        rated.map(rate -> figure(rate.mean())).orElse(percent(share.share())),
                        rated.map(rate -> figure(rate.mean() - rate.halfWidth()))
                                .orElse(percent(share.low())),
                        rated.map(rate -> figure(rate.mean() + rate.halfWidth()))
                                .orElse(percent(share.high())),
                        rated.isPresent() ? "1/s" : "%",
                        probe.verdict().label() + (probe.overloaded() ? ", overloaded" : "")),
                Map.of());
    }

    /**
     * {@return what it came to as one thing that was judged}
     *
     * @param search what was found
     */
    public static Sheet verdict(SearchReport search) {
        Bracket bracket = search.bracket();
        String name = search.asked().axis().unit() + " at which " + SearchWords.goal(search.asked());
        Sheet.Row row = new Sheet.Row(
                name,
                switch (search.result()) {
                    case FOUND, AT_LEAST, AT_MOST -> Sheet.Result.PASS;
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

    /**
     * {@return the same with the loads that were tried as lines of text behind it}
     *
     * @param search what was found
     */
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

    private static String figure(double rate) {
        return Format.decimal(Math.max(0, rate), rate < 100 ? 2 : 0);
    }

    /** Shares near 100 % are told apart by their second decimal. */
    private static String percent(double share) {
        return Double.isNaN(share) ? Format.ABSENT : Format.decimal(share * 100, 2);
    }
}
