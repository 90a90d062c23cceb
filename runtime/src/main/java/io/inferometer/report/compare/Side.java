package io.inferometer.report.compare;

import io.inferometer.plan.Trial;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is compared with another: a run, or several of one plan, whose forks are taken together.
 *
 * @param name what it is called
 * @param runs with one number of trials, at least one
 */
public record Side(String name, List<RunReport> runs) {
    public Side {
        runs = List.copyOf(runs);
    }

    /** A side of a run that has two. */
    public static Side of(RunReport run, Trial.Letter letter) {
        return new Side(
                letter.name(),
                List.of(new RunReport(
                        run.header()
                                .withTrials(run.header().trials().stream()
                                        .filter(trial -> trial.of(letter))
                                        .toList()),
                        run.trials().stream()
                                .filter(trial -> trial.header().of(letter))
                                .toList(),
                        run.unmeasured(),
                        run.end(),
                        run.flags(),
                        run.notes())));
    }

    /** How many trials each of its runs has measured; runs of which one has measured fewer are not alike. */
    int trials() {
        return runs.get(0).trials().size();
    }

    /** A trial in each of its runs. */
    List<TrialReport> trial(int index) {
        return runs.stream().map(run -> run.trials().get(index)).toList();
    }

    /** The iterations of a trial that ran to their end, by fork; a run without forks, and one of another tool, is one. */
    List<List<Summary>> forks(int index) {
        List<List<Summary>> forks = new ArrayList<>();
        trial(index)
                .forEach(trial ->
                        forks.addAll(trial.header().imported() ? List.of(List.of(trial.summary())) : trial.forks()));
        return forks;
    }

    /** The same of a run's side, of the forks alone that the other side has too. */
    List<List<Summary>> forksBeside(Side other, int index) {
        Map<Integer, List<Summary>> theirs =
                other.runs.get(0).trials().get(index).measuredByFork();
        return runs.get(0).trials().get(index).measuredByFork().entrySet().stream()
                .filter(fork -> theirs.containsKey(fork.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the client is suspect in most forks of a trial. */
    boolean suspect(int index) {
        long forks = 0;
        long suspect = 0;
        for (TrialReport trial : trial(index)) {
            TreeMap<Integer, Boolean> byFork = new TreeMap<>();
            trial.iterations()
                    .forEach(iteration ->
                            byFork.merge(iteration.fork(), iteration.suspect().isPresent(), Boolean::logicalOr));
            forks += byFork.size();
            suspect += byFork.values().stream().filter(Boolean::booleanValue).count();
        }
        return 2 * suspect > forks;
    }

    /** Whether a trial offered more than the endpoint served. */
    boolean overloaded(int index) {
        return trial(index).stream()
                .flatMap(trial -> trial.flags().stream())
                .anyMatch(flag -> flag.name().equals("overloaded"));
    }

    /** The share of a trial's requests that failed, 0 to 1. */
    double failures(int index) {
        long total = 0;
        long failed = 0;
        for (TrialReport trial : trial(index)) {
            total += trial.summary().outcomes().total();
            failed += trial.summary().outcomes().failed();
        }
        return total == 0 ? 0 : (double) failed / total;
    }
}
