package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void eachIsOneMembersOwn() {
        for (int members = 1; members < 9; members++) {
            for (int all = 0; all < 40; all++) {
                List<Integer> taken = new ArrayList<>();
                for (int member = 0; member < members; member++) {
                    Split split = new Split(member, members);
                    for (int own = 0; own < split.count(all); own++) {
                        taken.add(split.at(own));
                        assertThat(split.own(split.at(own))).isEqualTo(own);
                        assertThat(split.at((long) own)).isEqualTo(split.at(own));
                    }
                }
                assertThat(taken)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, all).boxed().toList());
            }
        }
    }

    @Test
    void whatHasNoBoundHasNoneForAMemberEither() {
        assertThat(new Split(1, 4).count(Load.Open.ANY)).isEqualTo(Load.Open.ANY);
        assertThat(new Split(1, 4).count((long) Load.Open.ANY)).isEqualTo(1L << 29);
    }
}
