package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void comesBackFromItsMap() {
        Health health = AHealth.fine();

        assertThat(Health.ofMap(health.toMap())).isEqualTo(health);
    }

    @Test
    void keepsWhatIsNotKnownOutOfItsMap() {
        Health unknown = AHealth.with(new Health.Cpu(Double.NaN, Double.NaN, "", Double.NaN));

        assertThat(unknown.toMap().get("cpu").toString())
                .isEqualTo("{processCores=null, machineShare=null, busiestThread=, busiestThreadShare=null}");
        assertThat(Health.ofMap(unknown.toMap())).isEqualTo(unknown);
    }

    @Test
    void takesWhatIsMissingForNotKnown() {
        Health health = Health.ofMap(Map.of("durationMs", 5, "gc", "none", "cpu", Map.of("machineShare", 1)));

        assertThat(health.durationNanos()).isEqualTo(5_000_000);
        assertThat(health.pauses()).isEqualTo(new Health.Pauses(-1, -1, -1, -1));
        assertThat(health.cpu()).isEqualTo(new Health.Cpu(Double.NaN, 1, "", Double.NaN));
        assertThat(health.descriptors()).isEqualTo(new Health.Descriptors(-1, -1));
        assertThat(health.allocatedBytes()).isEqualTo(-1);
    }
}
