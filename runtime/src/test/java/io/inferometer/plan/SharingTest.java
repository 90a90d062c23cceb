package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import org.junit.jupiter.api.Test;

class SharingTest {
    private static final Iterations ENOUGH = Iterations.ofRequests(1, 100);

    @Test
    void eachMemberNeedsSomethingToDo() {
        assertThat(problem(new Load.Closed(4), ENOUGH)).isEmpty();
        assertThat(problem(new Load.Closed(3), ENOUGH))
                .isEqualTo("4 members can't share 3 slots; give --concurrency 4 or more, or fewer members");
        assertThat(problem(new Load.AtOnce(2, Load.AtOnce.INSTANT), ENOUGH))
                .isEqualTo("4 members can't share 2 users; give --users 4 or more, or fewer members");
        assertThat(problem(new Load.Open(5, Arrivals.POISSON, 3), ENOUGH))
                .isEqualTo(
                        "4 members can't share 3 requests in flight; give --max-in-flight 4 or more, or fewer members");
        assertThat(problem(new Load.Open(5, Arrivals.POISSON), Iterations.ofRequests(1, 3)))
                .isEqualTo(
                        "4 members can't share 3 requests of an iteration; give --requests 4 or more, or fewer members");
        assertThat(problem(new Load.Closed(4), Iterations.ofSessions(1, 2)))
                .isEqualTo(
                        "4 members can't share 2 sessions of an iteration; give --sessions 4 or more, or fewer members");
    }

    private static String problem(Load load, Iterations measurement) {
        return Sharing.problem(new Trial.Schedule(load, Iterations.NONE, measurement), 4)
                .orElse("");
    }
}
