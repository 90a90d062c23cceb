package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.MeanSizes;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.workload.Load;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShapeBuilderTest {
    private static final MeanSizes SIZES = new MeanSizes(8_000, 100, 259, Double.NaN);
    private static final ShapeBuilder.Surroundings ELSEWHERE =
            new ShapeBuilder.Surroundings(new Wire(Protocol.CHAT, true), false, SIZES);

    private final ShapeBuilder builder = new ShapeBuilder();

    @Test
    void isWhatTheRequestsWereOnAverageAndSomeOfTheirAnswers() {
        builder.add(ARequest.metronome(0, 40, 10, 10).record());
        builder.add(ARequest.metronome(0, 60, 20, 10).record());

        Shape shape = shape(new Load.Closed(16));

        assertThat(shape.streams()).isEqualTo(2);
        assertThat(shape.phases()).isEqualTo(Shape.Phases.SLOTS);
        assertThat(shape.wire()).isEqualTo(new Wire(Protocol.CHAT, true));
        assertThat(shape.sizes()).isEqualTo(SIZES);
        assertThat(shape.means()).isEqualTo(new Shape.Means(50e6, 135e6, 10, 10, 20_000_000));
        assertThat(shape.answers())
                .extracting(answer -> answer.score().toString())
                .containsExactly("40000" + ",10000".repeat(9), "60000" + ",20000".repeat(9));
        assertThat(shape.differs()).isEmpty();
    }

    @Test
    void eventsOfOneReadStayTogetherAndThoseOfABurstKeepTheirOwnTimes() {
        builder.add(ARequest.sent(100)
                .event(140, Carried.CHOICES | Carried.ROLE)
                .token(150)
                .token(170)
                .token(170)
                .token(170.05)
                .token(170.1)
                .event(171, Carried.USAGE)
                .end(172)
                .record());

        assertThat(shape(new Load.Closed(1)).answers())
                .containsExactly(new Shape.Answer(
                        true,
                        new Score(
                                new long[] {50_000_000, 70_000_000, 70_050_000, 70_100_000}, new int[] {1, 2, 1, 1})));
    }

    @Test
    void nothingThatSucceededHasNoShape() {
        builder.add(
                ARequest.sent(0).failed(Outcome.TIMEOUT, 0, "late").end(9_999).record());

        assertThat(builder.build(new Load.Closed(16), ELSEWHERE)).isEmpty();
    }

    @Test
    void slotsOfAnswersOfOneLengthStayInStep() {
        for (int i = 0; i < 40; i++) {
            builder.add(ARequest.metronome(i / 4 * 150, 50 + i % 3, 10, 10).record());
        }

        assertThat(shape(new Load.Closed(4)).phases()).isEqualTo(Shape.Phases.IN_STEP);
        assertThat(shape(new Load.Closed(4)).streams()).isEqualTo(4);
        assertThat(shape(new Load.Closed(4, Duration.ofMillis(40))).phases()).isEqualTo(Shape.Phases.SLOTS);
    }

    @Test
    void requestsAtOnceAreInStepAndAsManyAsThereAre() {
        for (int i = 0; i < 40; i++) {
            builder.add(ARequest.metronome(0, 50, 10, 10 + i).record());
        }

        assertThat(shape(new Load.AtOnce()).phases()).isEqualTo(Shape.Phases.IN_STEP);
        assertThat(shape(new Load.AtOnce()).streams()).isEqualTo(40);
        assertThat(shape(new Load.AtOnce(8, Load.AtOnce.INSTANT)).streams()).isEqualTo(8);
    }

    @Test
    void anOpenLoopHasItsArrivalsAndAsManyStreamsAsWereInFlightOnAverage() {
        for (int i = 0; i < 100; i++) {
            builder.add(ARequest.metronome(i * 50, 50, 10, 10).record());
        }

        Shape shape = shape(new Load.Open(20, Arrivals.CONSTANT));

        assertThat(shape.phases()).isEqualTo(Shape.Phases.ARRIVALS);
        assertThat(shape.arrivals().arrivals()).isEqualTo(Arrivals.CONSTANT);
        assertThat(shape.streams()).isEqualTo(3);
    }

    @Test
    void answersAreKeptAsTheyWereStreamedOrNot() {
        builder.add(ARequest.sent(0).notStreamed().usage(10, 30).end(420).record());
        builder.add(ARequest.metronome(500, 40, 10, 2).record());

        assertThat(shape(new Load.Closed(1)).answers())
                .containsExactly(
                        new Shape.Answer(false, new Score(new long[] {420_000_000}, new int[] {1})),
                        new Shape.Answer(true, new Score(new long[] {40_000_000, 50_000_000}, new int[] {1, 1})));
    }

    @Test
    void ofManyAnswersAnyIsKeptOfLongOnesTheirBeginning() {
        for (int i = 0; i < 500; i++) {
            builder.add(ARequest.metronome(i * 9_000, 40 + i, 10, 500).record());
        }

        Shape shape = shape(new Load.Closed(1));

        assertThat(shape.answers())
                .hasSize(24)
                .allMatch(answer -> answer.score().eventCount() == 320);
        assertThat(shape.answers())
                .extracting(answer -> answer.score().nanos()[0])
                .anyMatch(wait -> wait > 440_000_000)
                .anyMatch(wait -> wait < 140_000_000);
        assertThat(shape.means().events()).isEqualTo(500);
    }

    @Test
    void whatNoReplayShowsIsNamed() {
        for (int i = 0; i < 40; i++) {
            builder.add(ARequest.sent(i * 7)
                    .opened(i * 7 - 2, i * 7 - 1, i * 7 - 1)
                    .event(i * 7 + 50, Carried.CHOICES | Carried.REASONING)
                    .token(i * 7 + 60)
                    .end(i * 7 + 61 + i * 3)
                    .record());
        }
        for (int i = 0; i < 10; i++) {
            builder.add(ARequest.sent(0)
                    .failed(Outcome.TIMEOUT, 0, "late")
                    .end(9_999)
                    .record());
        }

        Shape shape = builder.build(
                        new Load.Closed(8),
                        new ShapeBuilder.Surroundings(
                                new Wire(Protocol.CHAT, false), true, new MeanSizes(1_000, 700, 259, Double.NaN)))
                .orElseThrow();

        assertThat(shape.differs())
                .containsExactly(
                        new Difference(
                                "endpoint-here",
                                true,
                                "the endpoint shares this machine, and took processor time in the run alone"),
                        new Difference("failures", true, "no request fails, in the run 20 % of the requests did"),
                        new Difference("cold-connections", true, "no request opens a connection, in the run 100 % did"),
                        new Difference("kinds", true, "all text is visible, in the run 50 % of the events had other"),
                        new Difference(
                                "request-sizes",
                                true,
                                "all requests have 1,000 bytes, in the run that was the mean, with a deviation of"
                                        + " 700"));
    }

    @Test
    void slotsWhoseEventsComeTogetherAreNotReplayedSo() {
        for (int i = 0; i < 20; i++) {
            builder.add(ARequest.metronome(i * 30, 40, 10, 20 + 5 * (i % 5)).record());
        }

        assertThat(shape(new Load.Closed(8)).differs())
                .containsExactly(new Difference(
                        "steps",
                        true,
                        "events of one answer come apart from those of others, in the run they came together"));
    }

    private Shape shape(Load load) {
        return builder.build(load, ELSEWHERE).orElseThrow();
    }
}
