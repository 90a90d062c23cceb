package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.MeanSizes;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.workload.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbridgementTest {
    private static final long MILLI = 1_000_000;

    @Test
    void answersThatFitAreAsTheyWere() {
        Shape shape = shape(40, true, 200, 5, 80);

        Abridgement abridged = Abridgement.of(shape);

        assertThat(abridged.answers()).isEqualTo(shape.answers());
        assertThat(abridged.rounds()).isEqualTo(3);
        assertThat(abridged.differs()).isEmpty();
        assertThat(abridged.requestNanos()).isEqualTo(595e6);
    }

    @Test
    void thereAreAHundredRequestsAndThreeOfEachStreamAtTheLeast() {
        assertThat(Abridgement.of(shape(1, true, 1, 1, 3)).rounds()).isEqualTo(100);
        assertThat(Abridgement.of(shape(30, true, 1, 1, 3)).rounds()).isEqualTo(4);
        assertThat(Abridgement.of(shape(1_000, true, 1, 1, 3)).rounds()).isEqualTo(3);
    }

    @Test
    void aLongAnswerIsCutAndItsWaitIsNot() {
        Abridgement abridged = Abridgement.of(shape(50, true, 250, 20, 200));

        Score cut = abridged.answers().get(0).score();
        assertThat(cut.nanos()).startsWith(250 * MILLI, 270 * MILLI, 290 * MILLI);
        assertThat(cut.eventCount()).isEqualTo(26);
        assertThat(abridged.differs())
                .containsExactly(
                        new Difference("length", false, "answers have 26 events, in the run 200 (means)"),
                        new Difference("rate", true, "1,733 events come in a second, in the run 2,364"));
    }

    @Test
    void aWaitHasHalfOfTheTimeAndMoreWhereTheAnswerLeavesIt() {
        Abridgement halves = Abridgement.of(shape(50, true, 9_000, 20, 500));
        Abridgement rest = Abridgement.of(shape(50, true, 9_000, 50, 4));

        assertThat(halves.answers().get(0).score().nanos()[0]).isEqualTo(375 * MILLI);
        assertThat(rest.answers().get(0).score().nanos()).startsWith(600 * MILLI, 650 * MILLI);
        assertThat(rest.differs())
                .containsExactly(new Difference(
                        "wait", true, "the wait for the first token is 600 ms, in the run 9,000 ms (means)"));
    }

    @Test
    void pausesAreCutToATenthOfASecondAndTwoReadsStay() {
        Abridgement abridged = Abridgement.of(shape(1, true, 5, 700, 3));

        assertThat(abridged.answers().get(0).score().nanos()).containsExactly(5 * MILLI, 105 * MILLI);
        assertThat(abridged.differs()).extracting(Difference::name).containsExactly("length", "pauses");
        assertThat(abridged.differs().get(1).text())
                .isEqualTo("no pause between two reads is longer than 100 ms, in the run some were, up to 700 ms");
    }

    @Test
    void anAnswerInOneBodyHasAllTheTime() {
        Abridgement abridged = Abridgement.of(shape(1, false, 500, 0, 1));

        assertThat(abridged.answers().get(0).score().nanos()).containsExactly(29_702_970);
        assertThat(abridged.differs())
                .extracting(Difference::text)
                .first()
                .isEqualTo("the wait for the first token is 30 ms, in the run 500 ms (means)");
    }

    private static Shape shape(int streams, boolean streamed, long waitMillis, long gapMillis, int events) {
        long[] nanos = new long[events];
        int[] one = new int[events];
        for (int i = 0; i < events; i++) {
            nanos[i] = (waitMillis + i * gapMillis) * MILLI;
            one[i] = 1;
        }
        Score score = new Score(nanos, one);
        return new Shape(
                streams,
                Shape.Phases.IN_STEP,
                new Load.Open(1, Arrivals.POISSON),
                new Wire(Protocol.CHAT, false),
                new MeanSizes(100, 0, 259, Double.NaN),
                new Shape.Means(nanos[0], score.spanNanos(), events, events, gapMillis * MILLI),
                List.of(new Shape.Answer(streamed, score)),
                List.of());
    }
}
