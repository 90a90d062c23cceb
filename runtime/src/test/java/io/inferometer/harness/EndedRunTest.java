package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs that end before their time: stopped, or by what fails. */
class EndedRunTest extends HarnessRig {
    @Test
    void aRunThatIsStoppedInItsReplayLosesNothing() throws Exception {
        Harness harness = harness(calibrating(Plan.Calibrate.AFTER));
        CompletableFuture<Boolean> stopped = seen.measured.thenApplyAsync(ended -> {
            try {
                return harness.interrupt(Duration.ofSeconds(20), Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        RunReport report = harness.run();

        assertThat(stopped.get()).isTrue();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(20);
        assertThat(report.trials().get(0).overhead()).isEmpty();
    }

    @Test
    void theRunTimeEndsARunWhateverIsLeft() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Plan plan = plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10));
        Plan limited = APlan.like(plan).runTime(Duration.ofMillis(1_500)).plan();

        RunReport report = harness(limited).run();

        assertThat(report.complete()).isFalse();
        assertThat(report.end()).isEqualTo(new RunEnd.TimeOver(Duration.ofMillis(1_500)));
        assertThat(report.end().text()).isEqualTo("its run time of 1.5 s was over");
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void aTrialWhoseWarmupFailsWholeIsNotMeasured() throws Exception {
        endpoint("metronome?fault=500");

        RunReport report = harness(plan(new Load.Closed(2), Iterations.ofRequests(1, 4), Iterations.ofRequests(1, 100)))
                .run();

        assertThat(seen.records).hasSize(4);
        assertThat(report.trials()).isEmpty();
    }

    @Test
    void stoppingLetsWhatIsInFlightEndAndWritesEverything() throws Exception {
        endpoint("metronome?ttft=200&itl=1");
        Plan plan = plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 1_000));
        Harness harness = harness(plan);
        CompletableFuture<RunReport> run = started(harness);
        seen.firstRecord.get(20, TimeUnit.SECONDS);

        harness.interrupt(Duration.ofSeconds(20), Duration.ofSeconds(20));

        RunReport report = run.get(20, TimeUnit.SECONDS);
        assertThat(report.complete()).isFalse();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(seen.records).hasSizeBetween(1, 999).allMatch(RequestRecord::succeeded);
        assertThat(Files.readString(plan.files().journal().orElseThrow()))
                .contains("\"complete\":false")
                .contains("interrupted");
    }

    @Test
    void whatIsStillInFlightAfterTheGraceIsGivenUp() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Harness harness = harness(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
            try {
                harness.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        seen.iterationStarted.get(20, TimeUnit.SECONDS);

        harness.interrupt(Duration.ofMillis(100), Duration.ofMillis(100));

        run.get(20, TimeUnit.SECONDS);
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void whatIsInFlightIsGivenUpAtOnceWhenTheRunIsStoppedAgain() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Harness harness = harness(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<RunReport> run = started(harness);
        seen.iterationStarted.get(20, TimeUnit.SECONDS);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> {
            try {
                return harness.interrupt(Duration.ofHours(1), Duration.ZERO);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        boolean ended = harness.interrupt(Duration.ZERO, Duration.ofSeconds(20));

        assertThat(ended).isTrue();
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(run.get(20, TimeUnit.SECONDS).end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void aJournalThatVanishesEndsTheRunWithoutWaitingForWhatCantBeKept() throws Exception {
        endpoint("metronome?ttft=5&itl=1&fault=stall&every=4");
        Plan plan = plan(new Load.Closed(4), Iterations.NONE, Iterations.ofRequests(1, 10_000));
        CompletableFuture<Void> deleted = seen.firstRecord.thenRun(() -> {
            try {
                Files.delete(plan.files().journal().orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Throwable failure = catchThrowable(() -> harness(plan).run());

        deleted.get(20, TimeUnit.SECONDS);
        assertThat(failure)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the journal " + plan.files().journal().orElseThrow() + " has been deleted");
        String message = failure.getMessage();
        Path saved = Path.of(message.substring(message.lastIndexOf(' ') + 1));
        assertThat(Files.readAllLines(saved)).hasSizeGreaterThan(2);
        assertThat(seen.run.end().text()).isEqualTo(message);
        Files.delete(saved);
    }

    @Test
    void aRunThatIsStoppedDoesNotSitOutItsPause() throws Exception {
        endpoint("metronome?ttft=5&itl=1");
        Plan one = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1));
        Harness harness = harness(twice(one, Duration.ofHours(1)));
        CompletableFuture<Void> stopped = seen.firstRecord.thenRunAsync(() -> {
            try {
                harness.interrupt(Duration.ofSeconds(10), Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        RunReport report = harness.run();

        stopped.join();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(report.trials()).hasSize(1);
    }

    @Test
    void aWorkloadThatThrowsEndsTheRunWithItsName() {
        calls.throwAt = 3;

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10)))
                        .run())
                .isInstanceOf(HarnessException.class)
                .hasMessage(
                        "Fake: its request method failed: IllegalStateException in HarnessRig.Fake.request: no prompt 3");
        assertThat(calls.log).endsWith("tearDown");
    }

    @Test
    void aRequestThatCantBeMadeLeavesNoTearDownOut() {
        calls.throwAt = 3;

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(2, 10)))
                        .run())
                .isInstanceOf(HarnessException.class);

        assertThat(calls.log).containsExactly("setup", "setup iteration 0", "tearDown iteration 0", "tearDown");
    }

    @Test
    void whateverAWorkloadsMethodThrowsEndsTheRunWithALine() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10));
        calls.throwAt = 3;
        calls.error = new NoClassDefFoundError("Prompts");
        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasCause(calls.error)
                .hasMessage("Fake: its request method failed: NoClassDefFoundError: Prompts");
        assertThat(Files.readString(plan.files().journal().orElseThrow())).contains("\"complete\":false");
    }

    @Test
    void anErrorOfATearDownEndsTheRunWithALine() {
        calls.tearDownError = new AssertionError("left open");

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 2)))
                        .run())
                .isInstanceOf(HarnessException.class)
                .hasCause(calls.tearDownError)
                .hasMessageStartingWith("Fake: its tear-down failed: AssertionError")
                .hasMessageEndingWith(": left open");
    }

    @Test
    void aTearDownThatFailsHidesNoSetUpThatFailed() {
        calls.setupError = new AssertionError("no prompts");
        calls.tearDownError = new AssertionError("nothing to close");

        Throwable failure =
                catchThrowable(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 2)))
                        .run());

        assertThat(failure)
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("Fake: its set-up failed: AssertionError")
                .hasMessageEndingWith(": no prompts");
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        suppressed -> assertThat(suppressed)
                                .hasMessageStartingWith("Fake: its tear-down failed: AssertionError")
                                .hasMessageEndingWith(": nothing to close"));
    }

    @Test
    void aFullHeapOfTheThreadThatMakesRequestsEndsTheRun() {
        calls.throwAt = 3;
        calls.error = new OutOfMemoryError("Java heap space");
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1_000));

        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("the client's heap was full: ");

        assertThat(seen.records).hasSize(3);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    @Test
    void aFullHeapEndsTheRunWhoseJournalHasWhatWasRecordedUntilThen() throws Exception {
        calls.checkError = new OutOfMemoryError("Java heap space");
        calls.wrongAt = 5;
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1_000));
        String message = "the client's heap was full: give it more, as in java -Xmx4g -jar;"
                + " the journal has what was recorded until then";
        List<RequestRecord> kept = new ArrayList<>();

        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasMessage(message);

        JournalReader.Ending ending =
                JournalReader.read(plan.files().journal().orElseThrow(), new JournalReader.Visitor() {
                    @Override
                    public void header(Map<String, Object> run) {
                        // Not of interest here.
                    }

                    @Override
                    public void request(RequestRecord request) {
                        kept.add(request);
                    }
                });
        // The sixth was checked when the heap was full; one more may have ended by then.
        assertThat(kept).extracting(RequestRecord::index).startsWith(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(ending.complete()).isFalse();
        assertThat(ending.reason()).isEqualTo(message);
        assertThat(seen.run.end().text()).isEqualTo(message);
    }

    @Test
    void stoppingDoesNotWaitForeverForAWorkloadThatDoesNotEnd() throws Exception {
        calls.setupEnds = new CountDownLatch(1);
        Harness harness = harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<RunReport> run = started(harness);

        calls.setupBegun.get(20, TimeUnit.SECONDS);

        assertThat(harness.interrupt(Duration.ofMillis(50), Duration.ofMillis(50)))
                .isFalse();

        calls.setupEnds.countDown();
        assertThat(run.get(20, TimeUnit.SECONDS).end()).isEqualTo(RunEnd.INTERRUPTED);
    }

    @Test
    void theFirstFailureEndsTheRunWhereThatIsAskedFor() throws Exception {
        endpoint("metronome?ttft=5&itl=1&fault=500&every=3");
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 500));
        Plan strict = APlan.like(plan).failOnError().plan();

        RunReport report = harness(strict).run();

        assertThat(report.complete()).isFalse();
        assertThat(report.end().text())
                .startsWith("request 2 failed (http_error: 500")
                .endsWith("-foe was given");
        assertThat(seen.records).hasSizeLessThan(500);
    }

    /** Runs a harness on another thread. */
    private static CompletableFuture<RunReport> started(Harness harness) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return harness.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
