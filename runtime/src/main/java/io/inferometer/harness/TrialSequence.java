package io.inferometer.harness;

import io.inferometer.harness.fork.ForkJournals;
import io.inferometer.harness.fork.ForkRunner;
import io.inferometer.harness.member.Members;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.LateChecks;
import io.inferometer.harness.trial.RunContext;
import io.inferometer.harness.trial.TrialRunner;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.Turn;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.text.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the trials of a plan one after another, each here or in its forks, but for what was done of them before. */
final class TrialSequence {
    private final Plan plan;
    private final RunContext run;
    private final RunControl control;
    private final TrialGate gate;
    private final boolean elsewhere;
    private final Members members;
    private final ForkJournals forkJournals;
    private final Optional<TrialSupply> supply;
    private boolean ranBefore;

    TrialSequence(
            Plan plan,
            RunContext run,
            RunControl control,
            TrialGate gate,
            boolean elsewhere,
            Members members,
            ForkJournals forkJournals,
            Optional<TrialSupply> supply) {
        this.supply = supply;
        this.plan = plan;
        this.run = run;
        this.control = control;
        this.gate = gate;
        this.elsewhere = elsewhere;
        this.members = members;
        this.forkJournals = forkJournals;
    }

    /** Whether any trial has no fork. */
    static boolean measuresHere(Plan plan) {
        return plan.trials().stream().anyMatch(trial -> trial.forks().count() == 0);
    }

    /** Nothing more is run of a trial whose requests all failed, nor of the one beside it. */
    void run() throws HarnessException, InterruptedException {
        if (supply.isPresent()) {
            search(supply.get());
            return;
        }
        RunHeader header = RunHeader.of(plan);
        Set<Integer> givenUp = new HashSet<>();
        for (Turn turn : Turn.of(header)) {
            Trial trial = trial(turn.trial());
            if (givenUp.contains(trial.index())) {
                continue;
            }
            if (isLeft(trial, turn.fork())) {
                run(trial, turn.fork());
            }
            if (forked(trial) && run.log().allFailed(trial.index(), turn.fork())) {
                givenUp.add(trial.index());
                header.trials().stream()
                        .filter(header.trial(trial.index())::besides)
                        .forEach(beside -> givenUp.add(beside.index()));
            }
        }
    }

    /** Runs each trial that a search comes to, until there is no other. */
    private void search(TrialSupply steps) throws HarnessException, InterruptedException {
        run.recorder().run(() -> run.log().search(steps.asked()));
        run.recorder().drain();
        Optional<Trial> next = steps.next(known());
        while (next.isPresent()) {
            Trial trial = next.get();
            int decided = known().all().size();
            run.recorder().run(() -> run.log().planned(TrialHeader.of(trial)));
            run.recorder().drain();
            if (isLeft(trial, 0)) {
                runHere(trial);
            }
            if (known().all().size() == decided) {
                if (!control.stopped()) {
                    control.broke(
                            "the requests of " + trial.binding().descriptor().name()
                                    + " ran out: a search sends none twice; give it more prompts, or a shorter -r");
                }
                return;
            }
            next = steps.next(known());
        }
    }

    private SearchReport known() {
        return run.log().search().orElseThrow();
    }

    private Trial trial(int index) {
        return plan.trials().stream()
                .filter(trial -> trial.index() == index)
                .findFirst()
                .orElseThrow();
    }

    private void run(Trial trial, int fork) throws HarnessException, InterruptedException {
        if (forked(trial)) {
            runFork(trial, fork);
        } else {
            runHere(trial);
        }
    }

    private boolean forked(Trial trial) {
        return elsewhere || trial.forks().count() > 0;
    }

    private void runHere(Trial trial) throws HarnessException, InterruptedException {
        try (TrialRunner runner = new TrialRunner(trial, run)) {
            control.runs(runner);
            runner.run();
        } finally {
            control.rests();
        }
    }

    /** The simulated endpoint that all members send to; those on other machines each have one of their own. */
    private Optional<String> simulated(Trial trial) throws HarnessException {
        return trial.endpoint().simulated() && plan.course().agents().isEmpty()
                ? Optional.of(run.simulators().url(trial.endpoint().profile()))
                : Optional.empty();
    }

    /** The header tells of those who began. */
    private List<String> notes(DoneBefore earlier) {
        List<String> notes = new ArrayList<>(members.notes());
        int now = members.all().size();
        if (plan.resumes() && earlier.begun() && earlier.members() != now) {
            notes.add(
                    "gone on with by " + Format.count(now, "member") + "; begun by " + Format.count(earlier.members()));
        }
        return notes;
    }

    private void runFork(Trial trial, int number) throws HarnessException, InterruptedException {
        try {
            List<String> notes = notes(run.resumption().of(trial.index(), number));
            run.recorder().run(() -> run.log().notes(trial.index(), number, notes));
            ForkRunner fork = new ForkRunner(
                    trial,
                    number,
                    members.all(),
                    simulated(trial),
                    plan.course().crew().onLost(),
                    forkJournals,
                    plan.startedAt(),
                    run);
            try (fork) {
                control.runs(fork);
                fork.run().forEach(control::broke);
            } finally {
                control.rests();
            }
            fork.forget();
        } catch (IOException e) {
            throw new HarnessException(e.getMessage(), e);
        }
    }

    /**
     * Whether anything of a trial, or of a fork of it, is to be run now; waits for the pause before it and at its gate. What was done of it
     * before the run was interrupted is told first, also where the run has been stopped again.
     */
    private boolean isLeft(Trial trial, int fork) throws HarnessException, InterruptedException {
        DoneBefore earlier = run.resumption().of(trial.index(), fork);
        if (plan.resumes() && earlier.begun()) {
            takeOver(trial, fork);
            earlier.missed()
                    .forEach(member -> control.broke("iterations ended without " + member
                            + ", which was lost; what it had left of them is not sent any more"));
        } else if (trial.schedule().until().isPresent()
                && earlier.begun()
                && trial.split().alone()) {
            Path journal = plan.files().earlier().journal().orElseThrow();
            run.recorder().run(() -> run.log().recall(journal, trial.index(), fork));
            run.recorder().drain();
        }
        if (earlier.done(trial, run.log().measured(trial.index(), fork))
                || run.log().decided(trial.index())) {
            return false;
        }
        if (ranBefore) {
            pause();
        }
        ranBefore = true;
        Optional<String> shut = gate.pass(trial.index());
        shut.ifPresent(control::broke);
        return shut.isEmpty() && !control.stopped();
    }

    /** Nothing is sent meanwhile, so that checks may take the recorder's thread. */
    private void takeOver(Trial trial, int fork) throws HarnessException, InterruptedException {
        try (LateChecks late = LateChecks.of(trial)) {
            run.recorder().run(() -> run.log().takeOver(trial.index(), fork, late));
            run.recorder().drain();
        }
    }

    /** Sends nothing for the time that the plan says, or until the run is stopped. */
    private void pause() throws InterruptedException {
        control.stopping().await(plan.course().pause().toNanos(), TimeUnit.NANOSECONDS);
    }
}
