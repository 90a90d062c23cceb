package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/v1, https://a.example/v1",
        "https://me:s3cr3t@a.example/v1, https://a.example/v1",
        "https://a.example/v1?key=s3cr3t&api-version=1, https://a.example/v1?key=...&api-version=...",
        "https://a.example/v1?s3cr3t, https://a.example/v1?...",
        "https://a.example/v1?s3cr3t&key=s3cr3t#top, https://a.example/v1?...&key=...#top",
        "sim:metronome?ttft=50, sim:metronome?ttft=50"
    })
    void tellsOfAQueryTheNamesOfValuesAlone(String url, String told) {
        assertThat(EndpointAddress.withoutSecrets(url)).isEqualTo(told);
    }
}
