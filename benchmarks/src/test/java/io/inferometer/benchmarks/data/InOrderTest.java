package io.inferometer.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private static Optional<InferenceRequest> made(long index) {
        return index < 3_000 ? Optional.of(InferenceRequest.chat("Hello " + index)) : Optional.empty();
    }

    @Test
    void whatWasMadeAheadIsThereOnceMore() throws IOException {
        InOrder requests = new InOrder(InOrderTest::made, true);
        InferenceRequest request = requests.get(20);
        requests.get(1_044);

        assertThat(requests.get(20)).isSameAs(request).isEqualTo(InferenceRequest.chat("Hello 20"));
        assertThat(requests.get(1_045)).isEqualTo(InferenceRequest.chat("Hello 1045"));
        assertThat(requests.get(2_999)).isNotNull();
        assertThat(requests.get(3_000)).isNull();
        assertThat(requests.get(2_999)).isNotNull();
    }

    @Test
    void whatWasSentLongAgoIsNotAskedFor() throws IOException {
        InOrder requests = new InOrder(InOrderTest::made, true);
        requests.get(2_000);

        assertThatThrownBy(() -> requests.get(20))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("request 20 is asked for again, and is no longer there");
    }

    @Test
    void nothingIsKeptWhereNothingIsAskedForTwice() throws IOException {
        InOrder requests = new InOrder(InOrderTest::made, false);
        requests.get(20);

        assertThatThrownBy(() -> requests.get(19)).isInstanceOf(IllegalStateException.class);
    }
}
