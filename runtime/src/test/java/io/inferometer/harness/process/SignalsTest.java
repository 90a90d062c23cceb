package io.inferometer.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SignalsTest {
    /** A signal that would not end this process if it were not handled. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void runsTheActionEachTimeTheSignalComes() throws Exception {
        for (int i = 0; i < 2; i++) {
            CountDownLatch came = new CountDownLatch(1);

            boolean handled = Signals.handle("WINCH", came::countDown);
            new ProcessBuilder(
                            "kill",
                            "-WINCH",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();

            assertThat(handled).isTrue();
            assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void saysWhereASignalCantBeHandled() {
        assertThat(Signals.handle("NONE", () -> {})).isFalse();
        assertThat(Signals.handle("SEGV", () -> {})).isFalse();
    }
}
