package io.inferometer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim:metronome?ttft=50&itl=10",
                "http://localhost",
                "http://127.0.0.1:8000/v1",
                "http://[::1]:8000",
                "HTTPS://model-abc.api.example.co/v1/chat/completions",
                "https://example.com/v1?version=1"
            })
    void plausibleUrlsHaveNoFlaw(String url) {
        assertThat(EndpointUrl.flaw(url)).isEmpty();
        assertThat(EndpointUrl.hasUser(url)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "' ', it is empty",
        "sim:, it names no profile",
        "example.com/v1, it does not start with http:// or https://",
        "localhost:8000, it does not start with http:// or https://",
        "http:example.com, it does not start with http:// or https://",
        "ftp://example.com, its scheme is ftp",
        "http:///v1, 'it has no host of letters, digits, dots, hyphens and underscores'",
        "http://my~host:8000, 'it has no host of letters, digits, dots, hyphens and underscores'",
        "http://example.com:80000, its port is above 65535",
        "http://example.com/a b, 'it has a character that a URL cannot have'",
        "http://${HOST}/v1, 'it has a character that a URL cannot have'"
    })
    void implausibleOnesSayWhy(String url, String flaw) {
        assertThat(EndpointUrl.flaw(url)).contains(flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me@example.com", "https://me:secret@example.com/v1", "http://:@[::1]/"})
    void aUserIsFound(String url) {
        assertThat(EndpointUrl.hasUser(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/@me", "https://example.com?at=@", "sim:a://b@c", "me@example.com"})
    void anAtSignElsewhereIsNoUser(String url) {
        assertThat(EndpointUrl.hasUser(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1/completions", "v1/completions"})
    void plausiblePathsHaveNoFlaw(String path) {
        assertThat(EndpointUrl.pathFlaw(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://example.com, it is a whole URL", "'/v1 /completions', it has a space"})
    void implausiblePathsSayWhy(String path, String flaw) {
        assertThat(EndpointUrl.pathFlaw(path)).contains(flaw);
    }
}
