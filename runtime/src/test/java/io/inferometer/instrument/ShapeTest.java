package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.Outcome;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private final Shape.Builder builder = new Shape.Builder();

    @Test
    void isWhatTheRequestsWereOnAverage() {
        builder.add(ARequest.metronome(0, 40, 10, 10).record());
        builder.add(ARequest.metronome(0, 60, 20, 10).record());
        builder.add(
                ARequest.sent(0).failed(Outcome.TIMEOUT, 0, "late").end(9_999).record());

        assertThat(builder.build(new Load.Closed(16), 259.4))
                .contains(new Shape(2, Shape.Phases.SLOTS, true, 50e6, 15e6, 10, 10, 259));
    }

    @Test
    void nothingThatSucceededHasNoShape() {
        builder.add(
                ARequest.sent(0).failed(Outcome.TIMEOUT, 0, "late").end(9_999).record());

        assertThat(builder.build(new Load.Closed(16), 259)).isEmpty();
    }

    @Test
    void slotsOfAnswersOfOneLengthStayInStep() {
        for (int i = 0; i < 40; i++) {
            builder.add(ARequest.metronome(i / 4 * 150, 50 + i % 3, 10, 10).record());
        }

        assertThat(builder.build(new Load.Closed(4), 259).orElseThrow().load()).isEqualTo(Shape.Phases.IN_STEP);
        assertThat(builder.build(new Load.Closed(4), 259).orElseThrow().streams())
                .isEqualTo(4);
    }

    @Test
    void requestsAtOnceAreInStepAndAsManyAsThereAre() {
        for (int i = 0; i < 40; i++) {
            builder.add(ARequest.metronome(0, 50, 10, 10 + i).record());
        }

        assertThat(builder.build(new Load.AtOnce(), 259).orElseThrow().load()).isEqualTo(Shape.Phases.IN_STEP);
        assertThat(builder.build(new Load.AtOnce(), 259).orElseThrow().streams())
                .isEqualTo(40);
        assertThat(builder.build(new Load.AtOnce(8, Load.AtOnce.INSTANT), 259)
                        .orElseThrow()
                        .streams())
                .isEqualTo(8);
    }

    @Test
    void anOpenLoopHasAsManyStreamsAsWereInFlightOnAverage() {
        for (int i = 0; i < 100; i++) {
            builder.add(ARequest.metronome(i * 50, 50, 10, 10).record());
        }

        Shape shape = builder.build(new Load.Open(20, Arrivals.POISSON), 259).orElseThrow();

        assertThat(shape.load()).isEqualTo(Shape.Phases.ARRIVALS);
        assertThat(shape.streams()).isEqualTo(3);
    }

    @Test
    void anAnswerInOneBodyHasATimeToItsEnd() {
        builder.add(ARequest.sent(0).notStreamed().usage(10, 30).end(420).record());

        assertThat(builder.build(new Load.Closed(1), Double.NaN))
                .contains(new Shape(1, Shape.Phases.IN_STEP, false, 420e6, 0, 1, 30, 0));
    }
}
