package io.inferometer.endpoint.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Breakage.Kind;
import io.inferometer.endpoint.Breakage.Stage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class JdkTransportTest {
    @Test
    void aHostWithAnUnderscoreIsRefusedWithTheWayOut() {
        try (JdkTransport transport = new JdkTransport(System::nanoTime)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transport.prepare(URI.create("http://my_host:8000/v1/chat/completions")))
                    .withMessage("java.net.http takes no host name with an underscore, such as my_host; use --transport"
                            + " nio");
        }
    }

    @Test
    void aRefusedConnectionNamesAllAddresses() {
        Breakage refused = Breakage.of(Stage.AWAITED, Kind.REFUSED);

        assertThat(HttpClientBreakage.refused(refused, List.of("127.0.0.1"))).isEqualTo(refused);
        assertThat(HttpClientBreakage.refused(refused, List.of("127.0.0.1", "0:0:0:0:0:0:0:1"))
                        .detail())
                .isEqualTo("Of its addresses 127.0.0.1, 0:0:0:0:0:0:0:1 java.net.http asks the first alone;"
                        + " --transport nio asks each");
    }
}
