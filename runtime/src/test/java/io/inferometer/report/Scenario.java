package io.inferometer.report;

import java.util.function.Supplier;

/** The runs of {@link Scenarios}, for parameterized tests. */
public enum Scenario {
    CLOSED_LOOP(Scenarios::closedLoop),
    SWEEP(Scenarios::sweep),
    OVERLOADED(Scenarios::overloaded),
    NOTHING_SUCCEEDS(Scenarios::nothingSucceeds),
    BATCH(Scenarios::batch),
    ONE_ANSWER_IN_ONE_BODY(Scenarios::oneAnswerInOneBody),
    SUSPICIOUS(Scenarios::suspicious),
    TWO_ITERATIONS(Scenarios::twoIterations),
    FORKS(Scenarios::forks),
    SIDES(Scenarios::sides),
    WATCHED(Scenarios::watched),
    SUSPECT_CLIENT(Scenarios::suspectClient),
    STAMPED(Scenarios::stamped),
    REPLAYED(Scenarios::replayed),
    CHANNELS(Scenarios::channels),
    EMBEDDINGS(Scenarios::embeddings),
    OTHER_PERCENTILES(Scenarios::otherPercentiles);

    private final Supplier<ARun> run;

    Scenario(Supplier<ARun> run) {
        this.run = run;
    }

    public ARun run() {
        return run.get();
    }
}
