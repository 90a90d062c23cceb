package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.nio.NioTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientWarmupTest {
    private final RecordingTransport own = new RecordingTransport(new NioTransport(System::nanoTime));
    private final RecordingTransport trusting =
            new RecordingTransport(new NioTransport(System::nanoTime, TrustAll.context()));

    @AfterEach
    void ends() {
        own.close();
        trusting.close();
    }

    @Test
    void goesOverTlsWhereTheRunDoes() throws Exception {
        warmUp(Protocol.CHAT, true, Optional.of(true));

        assertThat(own.sent).isEmpty();
        assertThat(trusting.sent)
                .hasSizeGreaterThanOrEqualTo(400)
                .allMatch(request -> request.uri().getScheme().equals("https") && request.streamed());
        assertThat(trusting.closed).isTrue();
    }

    @Test
    void asksForAnswersInOneBodyWhereTheRunDoes() throws Exception {
        warmUp(Protocol.CHAT, false, Optional.of(false));

        assertThat(own.sent).hasSizeGreaterThanOrEqualTo(400).noneMatch(WireRequest::streamed);
    }

    @Test
    void asksForSomeWhereItIsNotKnown() throws Exception {
        warmUp(Protocol.CHAT, false, Optional.empty());

        List<WireRequest> whole =
                own.sent.stream().filter(request -> !request.streamed()).toList();
        assertThat(whole).hasSize(own.sent.size() / 8);
    }

    @Test
    void speaksTheProtocolOfTheRun() throws Exception {
        warmUp(Protocol.MESSAGES, false, Optional.of(true));

        assertThat(own.sent)
                .hasSizeGreaterThanOrEqualTo(400)
                .allMatch(request -> request.uri().getPath().equals("/v1/messages"));
    }

    private void warmUp(Protocol protocol, boolean tls, Optional<Boolean> streamed) throws Exception {
        ClientWarmup.run(
                new Transports(own, () -> trusting),
                new Wire(protocol, tls),
                streamed,
                new CountDownLatch(1),
                System::nanoTime);
    }
}
