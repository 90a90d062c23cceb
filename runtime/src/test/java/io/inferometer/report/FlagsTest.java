package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.instrument.AHealth;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.console.HeaderLines;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static final String REAL = "https://example.com/v1";

    @Test
    void aCleanRunOnARealEndpointHasNone() throws IOException {
        ARun run = new ARun().with(ARun.trial().endpoint(REAL));
        for (int i = 0; i < 100; i++) {
            run.with(ARequest.metronome(i * 200, 50, 10, 10).asked(10).index(i).record());
        }

        RunReport report = run.report();

        assertThat(report.trials().get(0).flags()).isEmpty();
        assertThat(report.flags()).isEmpty();
    }

    @Test
    void requestsOnColdConnectionsAreFlagged() throws IOException {
        ARun run = new ARun().with(ARun.trial().endpoint(REAL));
        for (int i = 0; i < 100; i++) {
            ARequest request = ARequest.metronome(i * 200, 50, 10, 10).asked(10).index(i);
            run.with((i < 3 ? request.opened(i * 200 - 8, i * 200 - 7, i * 200 - 3) : request).record());
        }

        assertThat(run.report().trials().get(0).flags())
                .contains(new Flag(
                        "cold-connections",
                        "3 of 100 requests had to wait for a connection of their own (connect 1.00 ms, TLS 4.00 ms at"
                                + " p50): ttft and e2el begin after that, times from schedule contain it"));
    }

    @Test
    void aRunThatVerifiesNoCertificateSaysSo() throws IOException {
        RunReport report =
                new ARun().insecure().with(ARun.trial().endpoint(REAL)).report();

        assertThat(report.flags())
                .containsExactly(new Flag(
                        "insecure",
                        "certificates were not verified (--insecure): whoever answered may not have been the endpoint,"
                                + " and has seen the key"));
        assertThat(HeaderLines.of(report.header())).contains("Transport: jdk, certificates not verified");
    }

    @Test
    void whatSpoilsNumbersIsFlagged() throws IOException {
        assertThat(names(Scenarios.suspicious().report().trials().get(0).flags()))
                .containsExactly(
                        "censored",
                        "output-length",
                        "usage-missing",
                        "hidden-reasoning",
                        "tokens-per-event",
                        "itl-two-humps",
                        "coalesced",
                        "few-values");
        assertThat(names(Scenarios.overloaded().report().trials().get(0).flags()))
                .contains("overloaded");
        assertThat(names(Scenarios.nothingSucceeds().report().trials().get(0).flags()))
                .containsExactly("simulated", "failures");
    }

    @Test
    void percentilesOnTooFewValuesAreOneFlagHoweverManyTheMetricsHave() throws IOException {
        assertThat(Scenarios.suspicious().report().trials().get(0).flags())
                .filteredOn(flag -> flag.name().equals("few-values"))
                .containsExactly(new Flag(
                        "few-values",
                        "* p90, p95, p99 of ttft, tpot, e2el stand on 5 values, p99 of itl stand on 45 values, and it takes"
                                + " 10, 20, 100 to tell them from the greatest one"));
    }

    @Test
    void slotsThatStandEmptyBreakLittlesLaw() throws IOException {
        ARun run = new ARun().with(ARun.trial().endpoint(REAL).load(new Load.Closed(1)));
        for (int i = 0; i < 100; i++) {
            run.with(ARequest.metronome(i * 200, 50, 10, 6).index(i).record());
        }

        assertThat(run.report().trials().get(0).flags())
                .contains(new Flag(
                        "little",
                        "Little's law is off: requests that ended each second, times what they took, are 50 % less than"
                                + " the slots: slots stood empty, or answers ended long after their last token"));
    }

    @Test
    void sessionsAreHeldAgainstWhatTheyHadInFlightAndNotAgainstSlots() throws IOException {
        ARun run = new ARun().with(ARun.trial().endpoint(REAL).load(new Load.Closed(1)));
        for (int i = 0; i < 100; i++) {
            run.with(ARequest.metronome(i * 200, 50, 10, 6)
                    .index(i)
                    .place(new Place(Place.ABSENT, i, 0, "", 0, ""))
                    .end(i * 200 + 190)
                    .record());
        }

        assertThat(run.report().trials().get(0).flags())
                .anyMatch(
                        flag -> flag.name().equals("little")
                                && flag.text()
                                        .endsWith(
                                                " less than the requests in flight: answers ended long after their last token"));
    }

    @Test
    void arrivalsThatACapHeldBackAreFlagged() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().endpoint(REAL).load(new Load.Open(20, Arrivals.CONSTANT, 64)))
                .health(AHealth.holding(0, 3));
        for (int i = 0; i < 100; i++) {
            run.with(ARequest.metronome(i * 50, 50, 10, 6).index(i).slot(-1).record());
        }

        assertThat(run.report().trials().get(0).flags())
                .contains(new Flag(
                        "held-back",
                        "3 of 100 requests were held back while 64 were in flight (--max-in-flight): ttft and e2el begin"
                                + " when they were sent, times from schedule contain the wait"));
        assertThat(HeaderLines.of(run.header().trials().get(0)))
                .contains("Load: open loop, 20 requests/s, constant arrivals, 64 in flight at most");
    }

    @Test
    void answersThatTheObjectiveCantJudgeAreFlagged() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().endpoint(REAL).objective(new Objective(0, 20, 0)))
                .with(ARequest.metronome(0, 50, 10, 6).record())
                .with(ARequest.sent(100)
                        .index(1)
                        .token(150)
                        .token(150)
                        .usage(1, 2)
                        .record());

        assertThat(run.report().trials().get(0).flags())
                .contains(new Flag(
                        "not-judged",
                        "1 of 2 answers lack a figure that the objective limits, such as the tpot of one that came in one"
                                + " read: they are no goodput"));
    }

    @Test
    void countsThatTheTokenizerCantConfirmAreFlagged() {
        RunHeader header = new ARun().with(ARun.trial().endpoint(REAL)).header();
        RunReportBuilder builder =
                new RunReportBuilder(header, trial -> TokenAccounting.with(text -> text.split(" ").length));
        builder.iterationStarted(0, 0, false, 0);
        builder.add(ARequest.metronome(0, 50, 10, 40)
                .text("a b c")
                .expectedPromptTokens(500)
                .record());

        assertThat(builder.build(RunEnd.COMPLETE).trials().get(0).flags())
                .contains(
                        new Flag(
                                "usage-differs",
                                "endpoint and tokenizer disagree on the output tokens of 1 of 1 answer: is it this"
                                        + " model's tokenizer?"),
                        new Flag(
                                "usage-differs",
                                "endpoint and tokenizer disagree on the input tokens of 1 of 1 prompt: is it this"
                                        + " model's tokenizer?"));
    }

    @Test
    void rowsOfDifferentModelsLengthsAndSuccessAreNotAlike() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().load(new Load.Closed(1)).model("made-up-7b"))
                .with(ARun.trial().load(new Load.Closed(2)).model("made-up-8b"))
                .with(request(0, 10))
                .with(request(1, 20));

        assertThat(run.report().flags())
                .containsExactly(
                        new Flag("unlike-rows", "the rows are of different models: made-up-7b, made-up-8b"),
                        new Flag(
                                "unlike-rows",
                                "answers are not equally long in all rows: 10.0 to 20.0 tokens on average"));
        assertThat(Scenarios.sweep().report().flags())
                .containsExactly(new Flag("unlike-rows", "not as many requests succeeded in each row: 95 % to 100 %"));
    }

    @Test
    void rowsOfDifferentParametersAreMeantToDiffer() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().param("osl", "10"))
                .with(ARun.trial().param("osl", "20"))
                .with(request(0, 10))
                .with(request(1, 20));

        assertThat(run.report().flags()).isEmpty();
    }

    private static RequestRecord request(int trial, int tokens) {
        return ARequest.metronome(trial * 10_000, 50, 10, tokens)
                .of(trial, false, 0)
                .record();
    }

    private static List<String> names(List<Flag> flags) {
        return flags.stream().map(Flag::name).toList();
    }
}
