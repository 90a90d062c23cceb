package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2ProbeTest {
    private static final byte[] SETTINGS_FRAME = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    @TempDir
    Path dir;

    /** By what it agrees to in the handshake, though its certificate is for another name. */
    @ParameterizedTest
    @CsvSource({"h2, true", "h2 http/1.1, false", "http/1.1, false", "'', false"})
    void aPortOfTlsSpeaksHttp2AloneWhereItAgreesToNothingElse(String protocols, boolean alone) throws Exception {
        ServerSocket socket = new TestCertificates(dir, "san=dns:elsewhere", "-1d").server();
        if (!protocols.isEmpty()) {
            SSLParameters parameters = ((SSLServerSocket) socket).getSSLParameters();
            parameters.setApplicationProtocols(protocols.split(" "));
            ((SSLServerSocket) socket).setSSLParameters(parameters);
        }

        assertThat(speaksHttp2Alone(
                        new ScriptedServer((request, connection) -> connection.write(SETTINGS_FRAME), socket)))
                .isEqualTo(alone);
    }

    @Test
    void aPortWithoutTlsSpeaksHttp2AloneWhereItAnswersWithAFrame() throws Exception {
        assertThat(speaksHttp2Alone(new ScriptedServer((request, connection) -> connection.write(SETTINGS_FRAME))))
                .isTrue();
        assertThat(speaksHttp2Alone(new ScriptedServer((request, connection) ->
                        connection.write(ScriptedServer.response(404, "text/plain", "nothing here")))))
                .isFalse();
        assertThat(speaksHttp2Alone(new ScriptedServer((request, connection) -> connection.close())))
                .isFalse();
    }

    private static boolean speaksHttp2Alone(ScriptedServer endpoint) throws IOException {
        try (ScriptedServer server = endpoint) {
            return Http2Probe.speaksHttp2Alone(URI.create(server.url() + "/v1/chat/completions"));
        }
    }
}
