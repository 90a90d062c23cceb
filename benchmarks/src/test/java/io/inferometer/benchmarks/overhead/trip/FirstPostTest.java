package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class FirstPostTest {
    @Test
    void knowsNothingUntilAPostComes() throws Exception {
        try (FirstPost endpoint = new FirstPost()) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url() + "/v1/models"));
            long start = System.nanoTime();

            assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
            client.sendAsync(
                    request.POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                    HttpResponse.BodyHandlers.discarding());

            assertThat(endpoint.nanos()).isGreaterThan(start);
        }
    }
}
