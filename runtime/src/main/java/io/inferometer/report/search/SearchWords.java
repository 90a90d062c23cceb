package io.inferometer.report.search;

import io.inferometer.judge.Overload;
import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.MetShare;
import io.inferometer.judge.search.ProbeVerdict;
import io.inferometer.judge.search.Rated;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.judge.search.Tried;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a search came to, in sentences. */
public final class SearchWords {
    private SearchWords() {}

    /**
     * {@return what is asked: {@code the highest requests/s, from 1 to 64, at which 99 % of requests meet ttft <= 200 ms}}
     *
     * @param asked what is searched
     */
    public static String question(SearchAsked asked) {
        String what = asked.knee().isPresent()
                ? "the least " + asked.axis().unit()
                : asked.axis().most();
        return what + ", from " + Format.plain(asked.rule().from()) + " to "
                + Format.plain(asked.rule().to()) + ", at which "
                + goal(asked);
    }

    /**
     * {@return the objective and who must meet it: {@code 99 % of requests meet ttft <= 200 ms}}
     *
     * @param asked what is searched
     */
    public static String goal(SearchAsked asked) {
        if (asked.aim() instanceof SearchAim.Limits limits) {
            return asked(limits.attainment()) + " of requests meet " + limits(limits.objective());
        }
        SearchAim.Most most = (SearchAim.Most) asked.aim();
        return most.rate() + " is " + asked(1 - asked.rule().tolerance()) + " of the greatest found";
    }

    private static String asked(double attainment) {
        return Format.plain(Math.round(attainment * 1e8) / 1e6) + " %";
    }

    /** {@code ttft <= 200 ms, tpot <= 20 ms}. */
    private static String limits(Objective objective) {
        List<String> limits = new ArrayList<>();
        limit("ttft", objective.ttftMillis(), limits);
        limit("tpot", objective.tpotMillis(), limits);
        limit("e2el", objective.e2elMillis(), limits);
        return String.join(", ", limits);
    }

    private static void limit(String name, double millis, List<String> limits) {
        if (millis > 0) {
            limits.add(name + " <= " + Format.plain(millis) + " ms");
        }
    }

    /**
     * {@return what was last decided, and what is known by it}
     *
     * @param known all loads so far
     */
    public static String last(SearchReport known) {
        List<SearchReport.Probe> all = known.all();
        SearchReport.Probe probe = all.get(all.size() - 1);
        return (known.confirmation().isPresent() ? "Fresh run at " : "Probe " + all.size() + ", ")
                + load(known.asked(), probe.load()) + ": "
                + probe.verdict().label() + ", " + found(probe) + "; known: " + between(known);
    }

    private static String load(SearchAsked asked, double load) {
        return asked.axis().load(load);
    }

    private static String found(SearchReport.Probe probe) {
        if (!probe.rates().isEmpty()) {
            Rated rated = probe.rated();
            return figure(rated.mean()) + " a second (+/- " + figure(rated.halfWidth()) + ")";
        }
        MetShare share = probe.share();
        if (share.requests() == 0) {
            return "no request could be judged";
        }
        return percent(share.share()) + " of " + Format.count(share.requests(), "request") + " ("
                + percent(share.low()) + " to " + percent(share.high()) + ")"
                + (probe.overloaded() ? ", and requests in flight kept rising" : "");
    }

    private static String figure(double rate) {
        return Format.decimal(rate, rate < 100 ? 2 : 0);
    }

    /** {@code 4 to 8 requests/s}, {@code at least 4}, {@code below 1}. */
    private static String between(SearchReport known) {
        Bracket bracket = known.bracket();
        String unit = " " + known.asked().axis().unit();
        if (bracket.low().isPresent() && bracket.high().isPresent()) {
            return number(bracket.low()) + " to " + number(bracket.high()) + unit;
        }
        if (bracket.low().isPresent()) {
            return "at least " + number(bracket.low()) + unit;
        }
        String below = known.asked().knee().isPresent() ? "at most " : "below ";
        return bracket.high().isPresent() ? below + number(bracket.high()) + unit : "nothing yet";
    }

    private static String number(OptionalDouble load) {
        return Format.plain(load.getAsDouble());
    }

    /**
     * {@return what it came to, in a sentence}
     *
     * @param search what was found
     */
    public static String sentence(SearchReport search) {
        SearchAsked asked = search.asked();
        if (asked.aim() instanceof SearchAim.Most most) {
            return knee(search, most.rate().name());
        }
        return switch (search.result()) {
            case FOUND ->
                between(search)
                        + (search.bracket().high().isEmpty()
                                ? ": whether more is met can't be told"
                                : asked.rule().narrow(search.bracket())
                                        ? ""
                                        : ": between them it can't be told any closer");
            case AT_LEAST -> between(search) + ", the upper end";
            case AT_MOST -> between(search);
            case NOT_MET -> notMet(search);
            case UNDECIDED -> "no load was met for certain" + tooFew(search);
            case NOT_CONFIRMED ->
                between(search) + ", and the fresh run at its lower end does not confirm that: "
                        + found(search.confirmation().orElseThrow());
            case UNFINISHED -> "the search did not come to its end; known so far: " + between(search);
        };
    }

    private static String knee(SearchReport search, String rate) {
        return switch (search.result()) {
            case FOUND ->
                between(search)
                        + (search.asked().rule().narrow(search.bracket())
                                ? ""
                                : ": between them it can't be told any closer")
                        + "; " + greatest(search, rate);
            case AT_LEAST -> between(search) + ": " + rate + " still grows at the upper end; " + greatest(search, rate);
            case AT_MOST ->
                between(search) + ": the lower end gives as much already; begin at a lower load; "
                        + greatest(search, rate);
            case NOT_CONFIRMED ->
                between(search) + ", and the fresh run at the upper of them does not confirm that: "
                        + found(search.confirmation().orElseThrow()) + "; " + greatest(search, rate);
            case UNDECIDED, NOT_MET ->
                "whether " + rate + " has stopped growing can't be told (known: " + between(search)
                        + "); give a longer -r, or a greater --tolerance";
            case UNFINISHED -> "the search did not come to its end; known so far: " + between(search);
        };
    }

    private static String greatest(SearchReport search, String rate) {
        SearchReport.Probe most = search.probes().stream()
                .max(Comparator.comparingDouble(probe -> probe.rated().mean()))
                .orElseThrow();
        return "the greatest " + rate + " found is " + figure(most.rated().mean()) + " at "
                + load(search.asked(), most.load());
    }

    private static String notMet(SearchReport search) {
        SearchReport.Probe first = search.probes().get(0);
        SearchAim.Limits limits = (SearchAim.Limits) search.asked().aim();
        return "the lower end, " + load(search.asked(), first.load()) + ", misses its limits: " + found(first)
                + " met " + limits(limits.objective())
                + (first.met() == 0
                        ? ": begin at a lower load, or give limits that a request alone can meet"
                        : ", and " + asked(limits.attainment()) + " were to");
    }

    private static String tooFew(SearchReport search) {
        double attainment = ((SearchAim.Limits) search.asked().aim()).attainment();
        long needed = MetShare.requestsToProve(attainment);
        long had = search.probes().stream()
                .mapToLong(probe -> probe.share().requests())
                .max()
                .orElse(0);
        return had < needed
                ? ": it takes " + Format.count(needed, "request") + " of one load to prove "
                        + asked(attainment) + ", and there were " + Format.count(had)
                        + "; give a longer -r, or a lower --attainment"
                : "";
    }

    /**
     * {@return what a reader of the bracket should know}
     *
     * @param search what was found
     */
    public static List<String> notes(SearchReport search) {
        List<String> notes = new ArrayList<>();
        SearchRule.rising(search.tried()).ifPresent(pair -> notes.add(rising(search.asked(), pair)));
        falling(search).ifPresent(notes::add);
        if (search.asked().knee().isEmpty()
                && search.all().stream()
                        .anyMatch(probe -> probe.overload()
                                .filter(Overload.TOO_SHORT::equals)
                                .isPresent())) {
            notes.add("windows are too short to tell whether requests in flight kept rising; the limits alone decide");
        }
        long lacking =
                search.all().stream().mapToLong(SearchReport.Probe::notJudged).sum();
        if (lacking > 0) {
            notes.add(Format.count(lacking, "request") + " lacked "
                    + (search.asked().knee().isPresent() ? "a count of tokens" : "a figure that has a limit") + ", and "
                    + (lacking == 1 ? "is" : "are") + " not judged");
        }
        return notes;
    }

    /** A rate that falls behind its knee, as where an endpoint that is overloaded does less. */
    private static Optional<String> falling(SearchReport search) {
        OptionalDouble knee = search.bracket().high();
        return search.probes().stream()
                .filter(probe ->
                        probe.verdict() == ProbeVerdict.BELOW && knee.isPresent() && probe.load() > knee.getAsDouble())
                .findFirst()
                .map(probe -> "at " + load(search.asked(), probe.load()) + " it is less again, " + found(probe)
                        + ": more load than the knee gives less");
    }

    private static String rising(SearchAsked asked, List<Tried> pair) {
        return "more requests met the limits at " + load(asked, pair.get(1).load()) + " than at "
                + load(asked, pair.get(0).load())
                + ": the share does not fall with the load, as where caches are cold or replicas come up, and the bracket may"
                + " not be the only one";
    }

    /** Shares near 100 % are told apart by their second decimal, and none but all of them is 100 %. */
    private static String percent(double share) {
        long hundredths = Math.round(share * 1e4);
        long told = share < 1 ? Math.min(hundredths, 9_999) : hundredths;
        return Format.plain((share > 0 ? Math.max(told, 1) : told) / 1e2) + " %";
    }
}
