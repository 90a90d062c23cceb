package io.inferometer.report.search;

import io.inferometer.judge.Overload;
import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.Knee;
import io.inferometer.judge.search.MetShare;
import io.inferometer.judge.search.ProbeVerdict;
import io.inferometer.judge.search.Rated;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.judge.search.Tried;
import io.inferometer.judge.search.WindowCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a search for the highest load under an objective came to; of one that goes on, what is known so far.
 *
 * @param asked what was asked
 * @param probes the loads that were tried to their end, in this order
 * @param confirmation the fresh run at the lower end of the bracket; empty where there was none
 */
public record SearchReport(SearchAsked asked, List<Probe> probes, Optional<Probe> confirmation) {
    /**
     * Copies its probes; those of a search for a rate are judged beside each other.
     *
     * @param asked as of the record
     * @param probes copied
     * @param confirmation as of the record
     */
    public SearchReport {
        Optional<Knee> knee = asked.knee();
        probes = knee.isPresent() ? beside(knee.get(), probes) : List.copyOf(probes);
    }

    /** What a load's rate proves is told by the greatest of all of them. */
    private static List<Probe> beside(Knee knee, List<Probe> probes) {
        List<ProbeVerdict> verdicts =
                knee.verdicts(probes.stream().map(Probe::rated).toList());
        return IntStream.range(0, probes.size())
                .mapToObj(i -> probes.get(i).with(verdicts.get(i)))
                .toList();
    }

    /**
     * A load that was tried.
     *
     * @param trial the number of its trial
     * @param load requests per second, or slots
     * @param lead how long requests began before those that were judged
     * @param windows what came of those that began in each of its windows; of a rate all of them met
     * @param rates what each window gave per second; empty where limits are searched
     * @param notJudged how many lacked a figure that has a limit, or the count of what the rate is of
     * @param overload whether requests in flight kept rising; empty in a closed loop
     */
    public record Probe(
            int trial,
            double load,
            Duration lead,
            List<WindowCount> windows,
            List<Double> rates,
            long notJudged,
            Optional<Overload> overload,
            ProbeVerdict verdict) {
        /**
         * Copies its lists.
         *
         * @param trial as of the record
         * @param load as of the record
         * @param lead as of the record
         * @param windows copied
         * @param rates copied
         * @param notJudged as of the record
         * @param overload as of the record
         * @param verdict as of the record
         */
        public Probe {
            windows = List.copyOf(windows);
            rates = List.copyOf(rates);
        }

        /** {@return what its windows gave; of a search for a rate alone} */
        public Rated rated() {
            return new Rated(
                    load, rates.stream().mapToDouble(Double::doubleValue).toArray());
        }

        Probe with(ProbeVerdict other) {
            return new Probe(trial, load, lead, windows, rates, notJudged, overload, other);
        }

        /** {@return the share that met the objective} */
        public MetShare share() {
            return MetShare.of(windows);
        }

        /** {@return whether requests in flight kept rising} */
        public boolean overloaded() {
            return overload.filter(Overload.YES::equals).isPresent();
        }

        /** {@return how many met it} */
        public long met() {
            return windows.stream().mapToLong(WindowCount::met).sum();
        }

        /** {@return what the rule of the search takes it for} */
        public Tried tried() {
            return new Tried(load, share(), verdict);
        }
    }

    /** What it came to. */
    public enum Result {
        /** There is a bracket, and its lower end was met again. */
        FOUND("found"),
        /** The upper end of the range was met, and met again. */
        AT_LEAST("atLeast"),
        /** The lower end of the range reaches the knee already. */
        AT_MOST("atMost"),
        /** The lower end of the range was missed. */
        NOT_MET("notMet"),
        /** No load was met, and the lower end was not missed for certain. */
        UNDECIDED("undecided"),
        /** A load was met, and not by the fresh run. */
        NOT_CONFIRMED("notConfirmed"),
        /** It did not come to its end. */
        UNFINISHED("unfinished");

        private final String label;

        Result(String label) {
            this.label = label;
        }

        /** {@return the word in result files} */
        public String label() {
            return label;
        }
    }

    /** {@return what was tried, for the rule} */
    public List<Tried> tried() {
        return probes.stream().map(Probe::tried).toList();
    }

    /** {@return between which loads the highest lies that meets the objective} */
    public Bracket bracket() {
        return Bracket.of(tried());
    }

    /** {@return what it came to} */
    public Result result() {
        SearchRule rule = asked.rule();
        if (probes.isEmpty() || rule.next(tried()).isPresent()) {
            return Result.UNFINISHED;
        }
        Bracket bracket = bracket();
        if (asked.knee().isPresent()) {
            return knee(bracket);
        }
        if (bracket.low().isEmpty()) {
            return probes.get(0).verdict() == ProbeVerdict.MISSED ? Result.NOT_MET : Result.UNDECIDED;
        }
        if (confirmation.isEmpty()) {
            return Result.UNFINISHED;
        }
        if (confirmation.get().verdict() != ProbeVerdict.MET) {
            return Result.NOT_CONFIRMED;
        }
        return bracket.low().getAsDouble() == rule.to() ? Result.AT_LEAST : Result.FOUND;
    }

    private Result knee(Bracket bracket) {
        if (bracket.high().isPresent()) {
            if (confirmation.isEmpty()) {
                return Result.UNFINISHED;
            }
            if (confirmation.get().verdict() != ProbeVerdict.REACHED) {
                return Result.NOT_CONFIRMED;
            }
            return bracket.low().isPresent()
                    ? Result.FOUND
                    : bracket.high().getAsDouble() == asked.rule().from() ? Result.AT_MOST : Result.UNDECIDED;
        }
        boolean grows = probes.stream()
                .allMatch(probe -> probe.verdict() == ProbeVerdict.BELOW || probe.verdict() == ProbeVerdict.GREATEST);
        return grows ? Result.AT_LEAST : Result.UNDECIDED;
    }

    /**
     * {@return the load of the bracket that is measured afresh: the highest that met limits, or the least that has reached
     * the knee}
     */
    public OptionalDouble confirmed() {
        return asked.knee().isPresent() ? bracket().high() : bracket().low();
    }

    /** {@return all that was measured, the confirmation last} */
    public List<Probe> all() {
        List<Probe> all = new ArrayList<>(probes);
        confirmation.ifPresent(all::add);
        return all;
    }
}
