package io.inferometer.workload.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final List<String> made = new ArrayList<>();

    @Test
    void callsAreMadeInTheirOrder() throws Exception {
        Calls.all(() -> made.add("first"), () -> made.add("second"));

        assertThat(made).containsExactly("first", "second");
    }

    @Test
    void aFailureKeepsNoCallFromBeingMadeAndIsThrownAtTheEnd() {
        IOException disk = new IOException("disk");
        IllegalStateException state = new IllegalStateException("state");

        Throwable thrown = catchThrowable(
                () -> Calls.all(failing("first", disk), failing("second", state), () -> made.add("third")));

        assertThat(made).containsExactly("first", "second", "third");
        assertThat(thrown).isSameAs(disk).hasSuppressedException(state);
    }

    @Test
    void anErrorIsTreatedAlike() {
        AssertionError error = new AssertionError("error");

        Throwable thrown = catchThrowable(() -> Calls.all(
                () -> {
                    throw error;
                },
                () -> made.add("second")));

        assertThat(made).containsExactly("second");
        assertThat(thrown).isSameAs(error);
    }

    @Test
    void aFailureThatIsThrownTwiceIsNotSuppressedInItself() {
        IOException disk = new IOException("disk");

        Throwable thrown = catchThrowable(() -> Calls.all(failing("first", disk), failing("second", disk)));

        assertThat(thrown).isSameAs(disk).hasNoSuppressedExceptions();
    }

    private Calls.Call failing(String name, Exception failure) {
        return () -> {
            made.add(name);
            throw failure;
        };
    }
}
