package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.TrustAll;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class OwnCertificateTest {
    @Test
    void encryptsTheConnectionsOfAnEndpointUnderACertificateOfItsOwn() throws Exception {
        SimulatedEndpoint.Settings settings =
                SimulatedEndpoint.Settings.of(Profile.parse("metronome")).withTls(true);
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(settings)) {
            assertThat(endpoint.url()).startsWith("https://127.0.0.1:");

            HttpResponse<String> models = HttpClient.newBuilder()
                    .sslContext(TrustAll.context())
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(endpoint.url() + "/v1/models"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(models.statusCode()).isEqualTo(200);
            X509Certificate own =
                    (X509Certificate) models.sslSession().orElseThrow().getPeerCertificates()[0];
            assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
            own.checkValidity();
            own.verify(own.getPublicKey());
        }
    }
}
