package io.inferometer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoicesTest {
    private static final WorkloadDescriptor WORKLOAD = WorkloadDescriptor.of("W", "demo.W")
            .main()
            .endpoint("sim:metronome")
            .load(new Load.Closed(1))
            .measurement(Iterations.ofRequests(3, 100))
            .build();

    @ParameterizedTest
    @EnumSource
    void whatIsOfferedIsTaken(Setting setting) {
        for (String word : Choices.of(setting)) {
            Options.Builder options = Options.of("W").set(setting, word);
            with(setting, word).forEach(options::set);

            assertThat(new Planner(
                                    Providers.of(List.of(new FakeBinding(WORKLOAD, ofSessions(setting)))),
                                    name -> null,
                                    Clock.systemUTC())
                            .plan(options.build())
                            .trials())
                    .as(Options.name(setting) + " " + word)
                    .isNotEmpty();
        }
    }

    /** What a word has a meaning beside. */
    private static Map<Setting, String> with(Setting setting, String word) {
        return switch (setting) {
            case ARRIVALS -> Map.of(Setting.RATE, "1");
            case RAMP_UP_STRATEGY -> Map.of(Setting.RAMP_UP_START_RPS, "1", Setting.RAMP_UP_END_RPS, "2");
            case RESULT_FORMAT -> word.equals("junit") ? Map.of(Setting.REQUIRE, "ttft.p99 <= 1s") : Map.of();
            default -> Map.of();
        };
    }

    private static boolean ofSessions(Setting setting) {
        return setting == Setting.ANSWERS || setting == Setting.ON_FAILED_TURN;
    }
}
