package io.inferometer.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Load;
import org.junit.jupiter.api.Test;

class MachineLimitsTest {
    @Test
    void saysHowManyFilesMayBeOpenAndHowToRaiseThat() {
        MachineLimits limits = new MachineLimits(4_000, 28_232);

        assertThatThrownBy(() -> limits.check(10_000, "127.0.0.1:8000"))
                .isInstanceOf(UsageException.class)
                .hasMessage("10,000 requests in flight need as many open files, and this process may open 4,000 more:"
                        + " raise that with ulimit -n 11000, or keep fewer in flight with --users or --concurrency");
    }

    @Test
    void saysHowManyPortsThereAreAndHowToGetMore() {
        MachineLimits limits = new MachineLimits(1_000_000, 28_232);

        assertThatThrownBy(() -> limits.check(28_233, "127.0.0.1:8000"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "28,233 requests in flight to 127.0.0.1:8000 need as many local ports, and there are 28,232:"
                                + " get more with sysctl -w net.ipv4.ip_local_port_range='1024 65535', or keep fewer in flight"
                                + " with --users or --concurrency");
    }

    @Test
    void letsBeWhatFits() {
        assertThatCode(() -> new MachineLimits(4_000, 28_232).check(3_900, "a:1"))
                .doesNotThrowAnyException();
        assertThatCode(() -> new MachineLimits(Long.MAX_VALUE, Long.MAX_VALUE).check(Integer.MAX_VALUE - 64, "a:1"))
                .doesNotThrowAnyException();
    }

    @Test
    void warnsOfAnOpenLoopThatMayHaveMoreInFlightThanThereIsRoomFor() {
        assertThat(new MachineLimits(4_000, 28_232).warning(arriving(200), 61_000_000_000L, "a:1"))
                .contains(
                        "at 200 requests/s, of which each took up to 61.0 s in the warm-up (p99), 12,200 may be in flight,"
                                + " and this process may open 4,000 more files (ulimit -n); give a lower rate, a bound with --max-in-flight, or more of them");
        assertThat(new MachineLimits(1_000_000, 28_232).warning(arriving(500.5), 61_000_000_000L, "a:1"))
                .contains(
                        "at 500.5 requests/s, of which each took up to 61.0 s in the warm-up (p99), 30,531 may be in"
                                + " flight, and there are 28,232 local ports to a:1; give a lower rate, a bound with --max-in-flight, or more of them");
        assertThat(new MachineLimits(4_000, 28_232).warning(arriving(64), 61_000_000_000L, "a:1"))
                .isEmpty();
    }

    @Test
    void doesNotWarnOfMoreThanACapAllows() {
        Load.Open capped = new Load.Open(200, Arrivals.POISSON, 3_000);

        assertThat(new MachineLimits(4_000, 28_232).warning(capped, 61_000_000_000L, "a:1"))
                .isEmpty();
    }

    private static Load.Open arriving(double rate) {
        return new Load.Open(rate, Arrivals.POISSON);
    }

    @Test
    void findsTheLimitsOfThisProcess() {
        MachineLimits limits = MachineLimits.ofThisProcess();

        assertThat(limits.descriptors()).isPositive();
        assertThat(limits.ports()).isPositive();
    }
}
