package io.inferometer.report.header;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the parts that a run has one after the other, and in which its reports are told of it.
 *
 * @param trial the number of a trial
 * @param fork the fork of it
 */
public record Turn(int trial, int fork) {
    /**
     * {@return the turns of a run: its trials in their order, each with all its forks} Two trials that are beside each other
     * take turns, A B B A A B B A, so that each pair of forks are neighbours, and a drift that goes on falls on both sides.
     *
     * @param run what is known of it beforehand
     */
    public static List<Turn> of(RunHeader run) {
        List<Turn> turns = new ArrayList<>();
        List<TrialHeader> trials = run.trials();
        for (int i = 0; i < trials.size(); i++) {
            TrialHeader trial = trials.get(i);
            if (i + 1 < trials.size() && trial.besides(trials.get(i + 1))) {
                besides(trial, trials.get(++i), turns);
            } else if (trial.forks().count() == 0) {
                turns.add(new Turn(trial.index(), trial.fork()));
            } else {
                for (int fork = 0; fork < trial.forks().count(); fork++) {
                    turns.add(new Turn(trial.index(), fork));
                }
            }
        }
        return turns;
    }

    private static void besides(TrialHeader a, TrialHeader b, List<Turn> turns) {
        for (int fork = 0; fork < Math.max(a.forks().count(), b.forks().count()); fork++) {
            boolean first = fork % 2 == 0;
            turns.add(new Turn((first ? a : b).index(), fork));
            turns.add(new Turn((first ? b : a).index(), fork));
        }
    }
}
