package io.inferometer.plan.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the arrivals of an open loop are spread, and how its rate rises. */
class ArrivalLawsTest {
    @Test
    void aBurstinessMeansGammaArrivals() {
        assertThat(open().set(Setting.BURSTINESS, "0.5").trial().schedule().load())
                .isEqualTo(new Load.Open(2, 0.5));
        assertThat(open().set(Setting.BURSTINESS, "0.5")
                        .set(Setting.ARRIVALS, "gamma")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, 0.5));
        assertThat(open().env("ARRIVALS", "constant")
                        .set(Setting.BURSTINESS, "0.5")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, 0.5));
    }

    @Test
    void anotherLawOfAHigherLayerReplacesABurstiness() {
        assertThat(open().env("BURSTINESS", "0.5")
                        .set(Setting.ARRIVALS, "constant")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, Arrivals.CONSTANT));
        assertThat(open().env("BURSTINESS", "0.5")
                        .set(Setting.ARRIVALS, "gamma")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, 0.5));
    }

    @Test
    void aDeclaredBurstinessHoldsWhoeverGivesTheRate() {
        Planning bursty = Planning.of(base().load(new Load.Open(2, 0.25)));

        assertThat(bursty.set(Setting.RATE, "7").trial().schedule().load()).isEqualTo(new Load.Open(7, 0.25));
        assertThat(bursty.set(Setting.ARRIVALS, "poisson").trial().schedule().load())
                .isEqualTo(new Load.Open(7, Arrivals.POISSON));
    }

    @Test
    void aRampReplacesTheLoad() {
        Load.Open load = (Load.Open) Planning.of(base().load(new Load.Closed(4)))
                .set(Setting.RAMP_UP_STRATEGY, "exponential")
                .set(Setting.RAMP_UP_START_RPS, "1")
                .set(Setting.RAMP_UP_END_RPS, "100")
                .set(Setting.BURSTINESS, "2")
                .trial()
                .schedule()
                .load();

        assertThat(load.ramp()).hasValue(new Load.Ramp(Load.Ramp.Strategy.EXPONENTIAL, 1, 100));
        assertThat(load.burstiness()).isEqualTo(2);
        // ln 100 / (1 − 1 / 100).
        assertThat(load.rate()).isCloseTo(4.6517, within(0.0001));
    }

    @Test
    void rescaledArrivalsTakeANumberOfRequests() {
        Load.Open load = (Load.Open)
                open().set(Setting.ARRIVALS, "vllm-rescaled").trial().schedule().load();

        assertThat(load.arrivals()).isEqualTo(Arrivals.VLLM_RESCALED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    BURSTINESS=0.5 ARRIVALS=poisson       | --burstiness 0.5: it means gamma arrivals, and --arrivals poisson asks for others; give one of them
                    BURSTINESS=0.5 ARRIVALS=constant      | --burstiness 0.5: it means gamma arrivals, and --arrivals constant asks for others; give one of them
                    BURSTINESS=0.5 ARRIVALS=vllm-rescaled | --burstiness 0.5: it means gamma arrivals, and --arrivals vllm-rescaled asks for others; give one of them
                    BURSTINESS=0                          | --burstiness 0: 0 is not a number above 0
                    BURSTINESS=2 CONCURRENCY=4            | --burstiness 2: only an open loop has arrivals; give --rate N too
                    ARRIVALS=normal                       | --arrivals normal: normal is none of constant, poisson, gamma, vllm-rescaled
                    ARRIVALS=vllm-rescaled TIME=10s       | -r 10s is no number of requests, and under @OpenLoop of Hello vllm-rescaled arrivals are stretched to one; give --requests N
                    RAMP_UP_STRATEGY=linear               | --ramp-up-strategy linear: a ramp-up has a rate at its start and one at its end; give --ramp-up-start-rps N too
                    RAMP_UP_STRATEGY=linear RAMP_UP_START_RPS=1 | --ramp-up-strategy linear: a ramp-up has a rate at its start and one at its end; give --ramp-up-end-rps N too
                    RAMP_UP_STRATEGY=steep RAMP_UP_START_RPS=1 RAMP_UP_END_RPS=2 | --ramp-up-strategy steep: steep is none of linear, exponential
                    RAMP_UP_STRATEGY=linear RAMP_UP_START_RPS=9 RAMP_UP_END_RPS=2 | --ramp-up-end-rps 2: a ramp-up rises, and begins at 9; for a rate that falls give --stages '9..2/s TIME'
                    RAMP_UP_STRATEGY=linear RAMP_UP_START_RPS=0 RAMP_UP_END_RPS=2 | --ramp-up-start-rps 0: 0 is not a number above 0
                    RAMP_UP_STRATEGY=linear RATE=4        | --rate 4 and --ramp-up-strategy linear are two values of one setting; give one of them
                    RAMP_UP_START_RPS=4                   | --ramp-up-start-rps 4: only a rate that rises has a start and an end; give --ramp-up-strategy linear or exponential in place of @OpenLoop of Hello
                    RAMP_UP_STRATEGY=linear RAMP_UP_START_RPS=1 RAMP_UP_END_RPS=2 ARRIVALS=vllm-rescaled | --ramp-up-strategy linear: arrivals are rescaled to a rate that stays, as by vLLM; leave out --arrivals vllm-rescaled
                    """)
    void whatCannotBeMeantIsRefused(String options, String message) {
        Planning planning = open();
        for (String option : options.split(" ")) {
            String[] parts = option.split("=");
            planning.set(Setting.valueOf(parts[0]), parts[1]);
        }

        assertThatThrownBy(planning::plan).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void aRateThatRisesOverATimeIsOneToo() {
        Planning planning = open().set(Setting.RAMP_UP_STRATEGY, "linear")
                .set(Setting.RAMP_UP_START_RPS, "1")
                .set(Setting.RAMP_UP_END_RPS, "3")
                .set(Setting.TIME, "10s");

        assertThat(planning.trial().schedule().measurement().extent()).isInstanceOf(Extent.Time.class);
    }

    private static Planning open() {
        return Planning.of(base().load(new Load.Open(2, Arrivals.CONSTANT)));
    }

    private static WorkloadDescriptor.Builder base() {
        return WorkloadDescriptor.of("Hello", "demo.Hello")
                .main()
                .endpoint("http://declared:1")
                .model("m")
                .warmup(Iterations.ofRequests(1, 5))
                .measurement(Iterations.ofRequests(1, 20))
                .env("ARRIVALS", Setting.ARRIVALS)
                .env("BURSTINESS", Setting.BURSTINESS);
    }
}
