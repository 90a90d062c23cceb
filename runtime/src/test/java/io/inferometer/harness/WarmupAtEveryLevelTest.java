package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.Inferometer;
import io.inferometer.RunResult;
import io.inferometer.annotations.Arrivals;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server sees of a sweep: each of its levels is warmed, and has as many requests as were asked for. */
class WarmupAtEveryLevelTest {
    private static final String ANSWER = ScriptedServer.content("a") + ScriptedServer.DONE;

    @Test
    void eachConcurrencyHasItsOwnWarmupAndItsOwnRequests() throws Exception {
        assertThat(seen(Options.of("Counting")
                        .concurrency(1, 4)
                        .warmupIterations(2)
                        .warmupRequestsPerSlot(2)
                        .iterations(1)
                        .requestsPerSlot(3)))
                .containsExactly(
                        Map.entry("trial 0, warm-up 0", 2),
                        Map.entry("trial 0, warm-up 1", 2),
                        Map.entry("trial 0, iteration 0", 3),
                        Map.entry("trial 1, warm-up 0", 8),
                        Map.entry("trial 1, warm-up 1", 8),
                        Map.entry("trial 1, iteration 0", 12));
    }

    @Test
    void eachRateHasItsOwnWarmupAndItsOwnRequests() throws Exception {
        assertThat(seen(Options.of("Counting")
                        .rate(5, 20)
                        .warmupIterations(1)
                        .warmupRequests(3)
                        .iterations(2)
                        .requests(4)))
                .containsExactly(
                        Map.entry("trial 0, warm-up 0", 3),
                        Map.entry("trial 0, iteration 0", 4),
                        Map.entry("trial 0, iteration 1", 4),
                        Map.entry("trial 1, warm-up 0", 3),
                        Map.entry("trial 1, iteration 0", 4),
                        Map.entry("trial 1, iteration 1", 4));
    }

    @Test
    void anExtentOfTimeHasTheRatesNumberOfRequests() throws Exception {
        assertThat(seen(Options.of("Counting")
                        .rate(5, 20)
                        .arrivals(Arrivals.CONSTANT)
                        .warmupIterations(1)
                        .warmupTime(Duration.ofMillis(500))
                        .iterations(1)
                        .time(Duration.ofSeconds(1))))
                .containsExactly(
                        Map.entry("trial 0, warm-up 0", 3),
                        Map.entry("trial 0, iteration 0", 5),
                        Map.entry("trial 1, warm-up 0", 10),
                        Map.entry("trial 1, iteration 0", 20));
    }

    /** How many requests of each iteration came, in the order in which their first ones came. */
    private static Map<String, Integer> seen(Options.Builder options) throws Exception {
        try (ScriptedServer server = new ScriptedServer(WarmupAtEveryLevelTest::answer)) {
            RunResult result = Inferometer.run(options.baseUrl(server.url())
                    .noPreflight()
                    .noClientWarmup()
                    .calibrate(Plan.Calibrate.OFF)
                    .noJournal()
                    .build());
            assertThat(result.outcome().text()).isEmpty();
            Map<String, Integer> seen = new LinkedHashMap<>();
            List<ScriptedServer.Request> requests = server.requests();
            requests.stream()
                    .filter(request -> request.line().startsWith("POST"))
                    .map(request -> request.body().replaceFirst("(?s).*<(.*)>.*", "$1"))
                    .forEach(iteration -> seen.merge(iteration, 1, Integer::sum));
            return seen;
        }
    }

    private static void answer(ScriptedServer.Request request, ScriptedServer.Connection connection)
            throws IOException {
        connection.write(ScriptedServer.response(200, "text/event-stream", ANSWER));
    }
}
