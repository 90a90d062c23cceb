package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.instrument.Clients;
import io.inferometer.plan.Plan;
import io.inferometer.record.Place;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Runs of three members, of which the second is lost. */
class MemberFlagsTest {
    private static final Load CLOSED = new Load.Closed(16);

    @Test
    void aMemberThatIsLostIsToldWithWhatItHadInFlightAndTheSlotsThatAreLeft() {
        assertThat(told(CLOSED, lost(1, OptionalInt.of(5), true)))
                .isEqualTo(
                        "member 2 was killed by signal 9; it had 5 requests in flight when it last told, which are in no"
                                + " figure; from then on 11 of 16 slots sent");
    }

    @Test
    void theRateThatIsLeftIsThatOfTheOthers() {
        assertThat(told(new Load.Open(40, Arrivals.POISSON), lost(1, OptionalInt.of(1), true)))
                .isEqualTo(
                        "member 2 was killed by signal 9; it had 1 request in flight when it last told, which is in no"
                                + " figure; from then on the others sent 26.7 of 40 requests/s");
    }

    @Test
    void aLoadThatIsNeitherIsLeftByItsShare() {
        assertThat(told(new Load.Replay(1), lost(1, OptionalInt.of(0), true)))
                .isEqualTo(
                        "member 2 was killed by signal 9; it had nothing in flight when it last told; from then on the"
                                + " others sent 67 % of the load");
    }

    @Test
    void whatWasNeverToldIsNotKnownAndNotZero() {
        RunReport report = report(CLOSED, List.of(lost(1, OptionalInt.empty(), false)));

        assertThat(flag(report, "lost-member"))
                .isEqualTo(
                        "member 2 was killed by signal 9; how many requests it had in flight is not known, and they are in"
                                + " no figure; the others were told to send nothing more");
        assertThat(report.trials().get(0).members().get(1).lost().orElseThrow().left())
                .isEmpty();
    }

    @Test
    void eachLossLeavesLess() {
        RunReport report = report(
                CLOSED,
                List.of(
                        lost(1, OptionalInt.of(5), true),
                        lost(0, OptionalInt.of(6), true),
                        lost(2, OptionalInt.of(5), true)));

        assertThat(report.trials().get(0).members())
                .extracting(member ->
                        member.lost().orElseThrow().left().orElseThrow().concurrency())
                .containsExactly(OptionalInt.of(5), OptionalInt.of(11), OptionalInt.of(0));
        assertThat(report.trials().get(0).flags())
                .extracting(Flag::text)
                .anyMatch(text -> text.endsWith("; nobody was left"));
    }

    @Test
    void aJournalOfBeforeItWasKeptSaysOnlyWhy() {
        Map<String, Object> old = MemberLines.end(0, 0, 1);
        old.put("lost", "was killed by signal 9");

        assertThat(told(CLOSED, old))
                .isEqualTo(
                        "member 2 was killed by signal 9; how many requests it had in flight is not known, and they are in"
                                + " no figure");
    }

    @Test
    void theClosingLineSaysWhyAMemberWasLostAndWhenItWasLastHeardOf() throws IOException {
        Map<String, Object> heard = lost(1, OptionalInt.of(5), false);
        MemberLines.heard(heard, 12_340_000_000L);

        assertThat(closing(List.of(heard)))
                .contains("member 2: 20 requests, LOST (was killed by signal 9, last heard of 12.3 s into the run);");
        assertThat(closing(List.of(lost(1, OptionalInt.empty(), false))))
                .contains("member 2: 20 requests, LOST (was killed by signal 9, never heard of);");
    }

    private static String closing(List<Map<String, Object>> lines) throws IOException {
        RunReport report = report(CLOSED, lines);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        ConsoleReport console =
                new ConsoleReport(new Screen(text, false, new Page(10_000)), Plan.Verbosity.NORMAL, List.of());
        console.runStarted(report.header());
        console.runEnded(report);
        return out.toString(StandardCharsets.UTF_8).replaceAll("\n# +", " ");
    }

    @Test
    void arrivalsThatAreMissingOfALostMemberAreNotTheClientsLateness() {
        Load even = new Load.Open(100, Arrivals.CONSTANT);

        assertThat(flag(report(even, List.of(lost(1, OptionalInt.of(5), true))), "arrivals"))
                .endsWith(": a member was lost, and latencies are those of another load");
        assertThat(flag(report(even, List.of()), "arrivals"))
                .endsWith(": the client was late, and latencies are those of another load");
    }

    @Test
    void arrivalsOfAnIterationThatWasGoneOnWithAreNotTheClientsLateness() {
        Load even = new Load.Open(100, Arrivals.CONSTANT);

        assertThat(flag(report(even, List.of(), true), "arrivals"))
                .endsWith(": an iteration was interrupted and gone on with, and latencies are those of another load");
    }

    private static Map<String, Object> lost(int member, OptionalInt inFlight, boolean goesOn) {
        Map<String, Object> fields = MemberLines.end(0, 0, member);
        MemberLines.lost(fields, "was killed by signal 9", inFlight, 3, goesOn);
        return fields;
    }

    private static String told(Load load, Map<String, Object> line) {
        return flag(report(load, List.of(line)), "lost-member");
    }

    private static String flag(RunReport report, String name) {
        return report.trials().get(0).flags().stream()
                .filter(flag -> flag.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** From the 60th request on each third is missing, whether that is told or not. */
    private static RunReport report(Load load, List<Map<String, Object>> lines) {
        return report(load, lines, false);
    }

    private static RunReport report(Load load, List<Map<String, Object>> lines, boolean resumed) {
        RunHeader header = new ARun().with(ARun.trial().load(load)).header();
        RunReportBuilder builder = new RunReportBuilder(header, trial -> TokenAccounting.withoutTokenizer());
        builder.iterationStarted(0, 0, false, 0, 0);
        for (int i = 0; i < 240; i++) {
            if (resumed && i == 60) {
                builder.iterationResumed(10 * i * 1_000_000L);
            }
            if (i < 60 || i % 3 != 1) {
                builder.add(ARequest.metronome(10 * i, 5, 2, 1)
                        .scheduled(10 * i)
                        .index(i)
                        .place(Place.NONE.ofMember(i % 3))
                        .record());
            }
        }
        lines.forEach(line -> builder.member(MemberLines.END, line));
        builder.iterationEnded(true, Clients.UNWATCHED);
        return builder.build(RunEnd.COMPLETE);
    }
}
