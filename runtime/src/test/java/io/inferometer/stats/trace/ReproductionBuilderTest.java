package io.inferometer.stats.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import org.junit.jupiter.api.Test;

class ReproductionBuilderTest {
    private final ReproductionBuilder builder = new ReproductionBuilder(new Load.Replay(1));

    @Test
    void setsWhatWasDeclaredBesideWhatWasDelivered() {
        builder.add(request(0, 100, 40, new Usage(100, 5, Usage.ABSENT, 16)));
        builder.add(request(10, 300, 160, new Usage(308, 5, Usage.ABSENT, 144)));

        Reproduction made = builder.build().orElseThrow();

        assertThat(made.promptTokens().count()).isEqualTo(2);
        assertThat(made.promptTokens().exact()).isEqualTo(1);
        assertThat(made.promptTokens().beyond()).isNaN();
        assertThat(made.promptTokens().declared().percentile(50)).isEqualTo(200);
        assertThat(made.promptTokens().delivered().percentile(50)).isEqualTo(204);
        assertThat(made.gaps().count()).isEqualTo(1);
        assertThat(made.hits().theoretical()).isEqualTo(0.5);
        assertThat(made.hits().told()).isEqualTo(2);
        assertThat(made.hits().seen()).isEqualTo(160.0 / 408, within(1e-12));
    }

    @Test
    void leavesOutWhatTheEndpointDoesNotTell() {
        builder.add(request(0, 100, 40, new Usage(100, 5, Usage.ABSENT, 16)));
        builder.add(request(10, 300, 160, Usage.NONE));

        Reproduction made = builder.build().orElseThrow();

        assertThat(made.promptTokens().count()).isEqualTo(1);
        assertThat(made.hits().requests()).isEqualTo(2);
        assertThat(made.hits().theoretical()).isEqualTo(0.5);
        assertThat(made.hits().told()).isEqualTo(1);
        assertThat(made.hits().seen()).isEqualTo(0.16);
    }

    @Test
    void knowsWhatATemplateAddsToAll() {
        builder.add(request(0, 100, 40, new Usage(167, 5, Usage.ABSENT, 16)));
        builder.add(request(10, 300, 160, new Usage(367, 5, Usage.ABSENT, 144)));

        assertThat(builder.build().orElseThrow().promptTokens().beyond()).isEqualTo(67);
    }

    @Test
    void setsWhatPassedAheadOfTurnsBesideWhatWasToPass() {
        ReproductionBuilder sessions = new ReproductionBuilder(new Load.Closed(1));
        sessions.add(turn(0, Pause.NONE, 100, 900));
        sessions.add(turn(1, new Pause(50_000_000, 50_000_000), 1_000, 1_002));
        sessions.add(turn(2, new Pause(50_000_000, 60_000_000), 2_000, 2_000));

        Reproduction.Delays delays = sessions.build().orElseThrow().delays().orElseThrow();

        assertThat(delays.declared().count()).isEqualTo(2);
        assertThat(delays.declared().max()).isEqualTo(50e6);
        assertThat(delays.delivered().min()).isEqualTo(52e6);
        assertThat(delays.delivered().max()).isEqualTo(60e6);
        assertThat(delays.late().min()).isEqualTo(2e6);
        assertThat(delays.late().max()).isEqualTo(10e6);
    }

    private static RequestRecord turn(int turn, Pause pause, long scheduled, long sent) {
        return ARequest.sent(sent)
                .scheduled(scheduled)
                .place(Place.ofTurn(0, turn).after(pause))
                .token(sent + 1)
                .record();
    }

    @Test
    void knowsNoShareWhereNothingIsKnown() {
        builder.add(ARequest.sent(0).token(1).token(2).record());

        Reproduction.Hits hits = builder.build().orElseThrow().hits();

        assertThat(hits.requests()).isZero();
        assertThat(hits.theoretical()).isNaN();
        assertThat(hits.seen()).isNaN();
    }

    @Test
    void countsNoGapBetweenIterations() {
        builder.add(request(0, 100, 40, Usage.NONE));
        builder.add(request(10, 100, 40, Usage.NONE));
        builder.iterationEnded();
        builder.add(request(1000, 100, 40, Usage.NONE));
        builder.add(request(1010, 100, 40, Usage.NONE));

        Reproduction.Pair gaps = builder.build().orElseThrow().gaps();

        assertThat(gaps.count()).isEqualTo(2);
        assertThat(gaps.declared().max()).isEqualTo(gaps.declared().min());
    }

    @Test
    void isEmptyForALoadThatIsNoTrace() {
        ReproductionBuilder closed = new ReproductionBuilder(new Load.Closed(1));
        closed.add(ARequest.sent(0).token(1).expectedPromptTokens(10).record());
        assertThat(closed.build()).isEmpty();

        closed.add(request(0, 100, 40, Usage.NONE));
        assertThat(closed.build().orElseThrow().gaps().count()).isZero();
    }

    private static RequestRecord request(long sent, int expected, int shared, Usage usage) {
        ARequest request = ARequest.sent(sent).token(sent + 1).token(sent + 2).expectedPromptTokens(expected);
        request.sharedPromptTokens(shared);
        return usage == Usage.NONE ? request.record() : request.usage(usage).record();
    }
}
