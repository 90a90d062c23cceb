package io.inferometer.harness.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.process.ExitCode;
import io.inferometer.instrument.AHealth;
import io.inferometer.instrument.Health;
import io.inferometer.judge.search.ProbeVerdict;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.judge.search.WindowCount;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.ARun;
import io.inferometer.report.RunReport;
import io.inferometer.report.search.SearchAim;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchReport.Probe;
import io.inferometer.service.Providers;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchOutcomeTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Plan PLAN = new Planner(
                    Providers.of(List.of(new FakeBinding(WorkloadDescriptor.of("W", "demo.W")
                            .main()
                            .endpoint("sim:metronome")
                            .load(new Load.Closed(1))
                            .measurement(Iterations.ofRequests(1, 1))
                            .build()))),
                    name -> null,
                    Clock.systemUTC())
            .plan(Options.of("W").build());

    private static final String DOUBT =
            "the client is suspect at 8 requests/s: that it was no more there may be its own doing, and"
                    + " no upper end is proven of the endpoint; measure from a machine that does nothing else";

    private static Probe probe(double load, boolean met) {
        return new Probe(
                0,
                load,
                WINDOW,
                Collections.nCopies(SearchRule.WINDOWS, new WindowCount(met ? 500 : 0, 500)),
                List.of(),
                0,
                Optional.empty(),
                met ? ProbeVerdict.MET : ProbeVerdict.MISSED);
    }

    /** What comes of probes of trial 0, whose client was like this. */
    private static SearchOutcome outcome(Health health, double from, Optional<Probe> fresh, Probe... probes)
            throws IOException {
        RunReport run = new ARun()
                .with(ARun.trial())
                .health(health)
                .with(ARequest.metronome(0, 50, 10, 10).record())
                .report();
        SearchReport search = new SearchReport(
                new SearchAsked(
                        SearchAsked.Axis.RATE,
                        new SearchRule(from, 16, false, 1),
                        new SearchAim.Limits(new Objective(200, 0, 0), 0.99),
                        WINDOW,
                        WINDOW),
                List.of(probes),
                fresh);
        return SearchOutcome.of(
                PLAN,
                new RunReport(
                        run.header(),
                        run.trials(),
                        run.unmeasured(),
                        run.end(),
                        run.flags(),
                        run.notes(),
                        Optional.of(search)));
    }

    @Test
    void aSuspectClientsUpperEndIsNotProvenAndItsLowerEndIs() throws IOException {
        Probe[] probes = {probe(4, true), probe(8, false)};
        Optional<Probe> fresh = Optional.of(probe(4, true));

        assertThat(outcome(AHealth.fine(), 4, fresh, probes)).isEqualTo(new SearchOutcome(ExitCode.OK, ""));
        assertThat(outcome(AHealth.busyMachine(), 4, fresh, probes)).isEqualTo(new SearchOutcome(ExitCode.OK, DOUBT));
    }

    @Test
    void thatTheLowerEndIsMissedIsNotProvenByASuspectClient() throws IOException {
        SearchOutcome fine = outcome(AHealth.fine(), 8, Optional.empty(), probe(8, false));
        SearchOutcome suspect = outcome(AHealth.busyMachine(), 8, Optional.empty(), probe(8, false));

        assertThat(fine.code()).isEqualTo(ExitCode.REGRESSION);
        assertThat(suspect.code()).isEqualTo(ExitCode.UNCLEAR);
        assertThat(suspect.text()).isEqualTo(fine.text() + "; " + DOUBT);
    }
}
