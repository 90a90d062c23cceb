package io.inferometer.harness.member;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.service.Providers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Knows members on other machines. Found as a service: what reaches other machines is not in every jar. */
public interface MemberProvider {
    /**
     * What members are gathered for.
     *
     * @param plan names the agents
     * @param environment a variable's value by its name, null where it is unset
     * @param words the options with which {@code run} has a trial in its plan
     */
    record Wanted(Plan plan, UnaryOperator<String> environment, Function<Trial, List<String>> words) {
        /** {@return where they are to be} */
        public Plan.Agents agents() {
            return plan.course().agents().orElseThrow();
        }
    }

    /**
     * Gathers them as {@link MemberSource#gather}.
     *
     * @param wanted whom the run asks for, and what with
     * @param stopping is open once the run is to end
     * @return those who came
     * @throws IOException if they are not there, or will not do it; the message says who and why, on one line
     * @throws InterruptedException if the thread was interrupted
     */
    Members gather(Wanted wanted, CountDownLatch stopping) throws IOException, InterruptedException;

    /**
     * Looks whether they could run it; sends nothing to the endpoint.
     *
     * @param wanted as of {@link #gather}
     * @param out is told what was found, a line each
     * @return whether they could
     * @throws IOException as of {@link #gather}
     * @throws InterruptedException if the thread was interrupted
     */
    boolean check(Wanted wanted, Consumer<String> out) throws IOException, InterruptedException;

    /**
     * {@return the one of this jar}
     *
     * @throws UsageException if it has none
     */
    static MemberProvider find() {
        Providers<MemberProvider> found = Providers.find(MemberProvider.class, provider -> {});
        return found.working().stream()
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--agents: this jar knows no members on other machines; it lacks the extension inferometer-cluster"
                                + found.complaints().stream()
                                        .findFirst()
                                        .map(complaint -> ": " + complaint)
                                        .orElse("")));
    }
}
