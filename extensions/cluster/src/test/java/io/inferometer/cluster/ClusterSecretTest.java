package io.inferometer.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.cluster.wire.CallLine;
import io.inferometer.cluster.wire.Door;
import io.inferometer.cluster.wire.Identity;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterSecretTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static Identity of(String secret) {
        return ClusterSecret.identity(name -> name.equals("INFEROMETER_CLUSTER_SECRET") ? secret : null, HERE);
    }

    @Test
    void aLineEndOfTheFileThatASecretStoodInIsNoPartOfIt() throws Exception {
        Door.Visitors any = new Door.Visitors() {
            @Override
            public void call(CallLine line) {
                // Hung up at once.
            }

            @Override
            public void refused(InetAddress who, String why) {
                // The caller is told too.
            }
        };
        try (Door door = Door.open(new InetSocketAddress(HERE, 0), of("0123456789abcdef\n"), any)) {
            assertThatCode(() -> CallLine.to(door.address(), HERE, of("0123456789abcdef"), Duration.ofSeconds(10))
                            .close())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> CallLine.to(door.address(), HERE, of("0123456789abcdee"), Duration.ofSeconds(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it has another INFEROMETER_CLUSTER_SECRET");
        }
    }

    @Test
    void blanksDoNotMakeASecretLong() {
        assertThatThrownBy(() -> of("0123456789abcde\n"))
                .isInstanceOf(UsageException.class)
                .hasMessage("INFEROMETER_CLUSTER_SECRET has 15 characters; it takes at least 16, as of openssl rand"
                        + " -base64 24");
    }
}
