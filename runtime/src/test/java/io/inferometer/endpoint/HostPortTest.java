package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "http://models.test/v1,       models.test:80,   models.test",
        "https://models.test/v1,      models.test:443,  models.test",
        "http://models.test:8000/v1,  models.test:8000, models.test:8000",
        "http://my_host/v1,           my_host:80,       my_host",
        "https://vllm_0.svc/v1,       vllm_0.svc:443,   vllm_0.svc",
        "http://my_host:8000/v1,      my_host:8000,     my_host:8000",
        "http://[::1]:8000/v1,        [::1]:8000,       [::1]:8000"
    })
    void aHostMayHaveAnUnderscore(String url, String hostPort, String authority) {
        assertThat(HostPort.of(URI.create(url))).hasToString(hostPort);
        assertThat(HostPort.authority(URI.create(url))).isEqualTo(authority);
    }

    @Test
    void whatIsNoHostIsNone() {
        assertThat(HostPort.find(URI.create("http://a_b:x/"))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.of(URI.create("file:///x")))
                .withMessage("not a URL with a host: file:///x");
    }
}
