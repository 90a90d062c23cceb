package io.inferometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.search.SearchOptions;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.ab.AbOptions;
import io.inferometer.report.search.SearchReport;
import io.inferometer.workload.Objective;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the command line judges, a program does, with the same promises. */
class JudgingTest {
    @Test
    void aProgramSearchesTheLoadThatMeetsLimits() throws Exception {
        SearchOptions asked = SearchOptions.concurrency(
                        1, 2, plain().slo(new Objective(2_000, 0, 0)).build())
                .attainment(0.6);

        SearchResult found = Inferometer.search(asked);

        assertThat(found.outcome().code()).as(found.outcome().text()).isEqualTo(ExitCode.OK);
        assertThat(found.search().orElseThrow().result()).isEqualTo(SearchReport.Result.AT_LEAST);
        assertThat(found.search().orElseThrow().bracket().low()).hasValue(2);
    }

    @Test
    void aProgramSearchesTheKneeOfARate() throws Exception {
        SearchResult found = Inferometer.search(SearchOptions.concurrency(1, 2, plain().build())
                .max("outputTokensPerSecond")
                .tolerance(0.2));

        SearchReport search = found.search().orElseThrow();
        assertThat(search.probes())
                .hasSize(2)
                .allSatisfy(probe -> assertThat(probe.rates()).isNotEmpty().allMatch(rate -> rate >= 0));
        assertThat(found.outcome().ok())
                .isEqualTo(search.result() == SearchReport.Result.AT_LEAST
                        || search.result() == SearchReport.Result.AT_MOST);
    }

    @Test
    void whatCantBeSearchedIsRefusedInTheSameWords() {
        SearchOptions asked = SearchOptions.concurrency(1, 2, plain().build());

        assertThatThrownBy(() -> asked.max("ttft.p99"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--max ttft.p99 is no rate that grows with the load: give outputTokensPerSecond,"
                        + " inputTokensPerSecond or requestsPerSecond");
        assertThatThrownBy(() -> Inferometer.search(asked))
                .isInstanceOf(UsageException.class)
                .hasMessage("a search needs limits that requests must meet: give --slo ttft=200,tpot=20, or --max"
                        + " outputTokensPerSecond");
    }

    @Test
    void aProgramGoesOnUntilFiguresArePrecise() throws Exception {
        Options.Builder least = options().iterations(3);

        RunResult reached = Inferometer.run(
                least.until("failures 20%").atMost(Duration.ofMinutes(1)).build());
        RunResult missed = Inferometer.run(
                least.until("ttft.mean 0.00001%").atMost(Duration.ofSeconds(1)).build());

        assertThat(reached.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(reached.trial().iterations()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(missed.outcome()).isInstanceOf(RunOutcome.Imprecise.class);
    }

    @Test
    void whatSidesCantTellIsRefusedInTheSameWords() {
        Options common = Options.of("Greeting").forks(2).build();

        assertThatThrownBy(() -> Inferometer.ab(AbOptions.of(common)))
                .isInstanceOf(UsageException.class)
                .hasMessage("-f 2: 3 forks a side are the least that can be judged; 5 are usual");
    }

    private static Options.Builder options() {
        return Options.of("Greeting").noJournal().noClientWarmup().calibrate(Plan.Calibrate.OFF);
    }

    private static Options.Builder plain() {
        return options().time(Duration.ofMillis(200)).warmupTime(Duration.ofMillis(100));
    }
}
