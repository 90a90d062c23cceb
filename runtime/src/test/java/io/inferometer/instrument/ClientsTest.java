package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.workload.Load;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients that share a load, with one summary of nothing: what is wrong is their own. */
class ClientsTest {
    private static final Load LOAD = new Load.Closed(4);
    private static final Summary SUMMARY = new SummaryBuilder(LOAD, Optional.empty(), Percentiles.STANDARD).build();
    private static final Health LATE = AHealth.with(new Health.Hiccups(990, 80_000, 60_000_000, 70_000_000, 0));
    private static final Health LATER = AHealth.with(new Health.Hiccups(990, 80_000, 90_000_000, 95_000_000, 0));

    @Test
    void oneThatIsSuspectIsWorseThanAnyThatIsNot() {
        assertThat(worst(AHealth.fine(), LATE, AHealth.fine()))
                .isEqualTo("member 2: timers were 60 ms late at p99 (limit 5 ms)");
    }

    @Test
    void ofTwoThatAreTheOneThatIsFartherBeyondIsTold() {
        assertThat(worst(LATE, LATER, AHealth.fine()))
                .isEqualTo("member 2: timers were 90 ms late at p99 (limit 5 ms)");
        assertThat(worst(LATER, LATE)).isEqualTo("member 1: timers were 90 ms late at p99 (limit 5 ms)");
    }

    @Test
    void whoeverEndedFirstDoesNotMatter() {
        assertThat(worst(AHealth.fine(), AHealth.fine())).isEqualTo("ok");
        assertThat(worst(AHealth.fine(), LATE)).isNotEqualTo("ok");
        assertThat(worst(LATE, AHealth.fine())).isNotEqualTo("ok");
    }

    @Test
    void oneThatIsAloneHasNoName() {
        Clients alone = Clients.alone(Optional.of(LATE));

        assertThat(text(alone.worst(SUMMARY, LOAD).orElseThrow().verdict()))
                .isEqualTo("timers were 60 ms late at p99 (limit 5 ms)");
    }

    @Test
    void membersOfOneMachineAreNotTakenForForeignLoad() {
        Health busy = AHealth.busyMachine();

        assertThat(text(new Clients(named(busy, busy, busy), true)
                        .worst(SUMMARY, LOAD)
                        .orElseThrow()
                        .verdict()))
                .isEqualTo("the machine's processors were 99 % busy, of which the 3 members of this run on it used 1.02"
                        + " (limit 80 %)");
        assertThat(worst(AHealth.fine(), busy))
                .isEqualTo("member 2: the machine's processors were 99 % busy, of which this client used 0.34 (limit"
                        + " 80 %)");
    }

    @Test
    void whatAllHeldBackAndAllocatedIsOfTheRun() {
        Clients clients = new Clients(named(AHealth.holding(1, 2), AHealth.holding(10, 20)), true);

        Health health = clients.worst(SUMMARY, LOAD).orElseThrow().health();

        assertThat(health.held()).isEqualTo(new Health.Held(11, 22));
        assertThat(health.allocatedBytes()).isEqualTo(2 * AHealth.fine().allocatedBytes());
    }

    @Test
    void whereNobodyLookedNothingIsKnown() {
        assertThat(Clients.UNWATCHED.worst(SUMMARY, LOAD)).isEmpty();
    }

    private static String worst(Health... healths) {
        return text(new Clients(named(healths), false)
                .worst(SUMMARY, LOAD)
                .orElseThrow()
                .verdict());
    }

    private static Map<String, Health> named(Health... healths) {
        Map<String, Health> named = new LinkedHashMap<>();
        for (Health health : healths) {
            named.put("member " + (named.size() + 1), health);
        }
        return named;
    }

    private static String text(Verdict verdict) {
        return verdict instanceof Verdict.Suspect suspect ? suspect.text() : "ok";
    }
}
