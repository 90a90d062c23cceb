package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class SelfWarmupTest {
    @Test
    void anAnswerThatDoesNotComeInTimeEndsTheWarmUpAndNotTheEndpoint() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
            socket.setSoTimeout(10);

            assertThatCode(() -> SelfWarmup.ask(socket, System::nanoTime)).doesNotThrowAnyException();
        }
    }

    @Test
    void aConnectionThatIsClosedIsStillAFailure() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            socket.setSoTimeout(10_000);
            server.accept().close();

            assertThatThrownBy(() -> SelfWarmup.ask(socket, System::nanoTime)).isInstanceOf(IOException.class);
        }
    }
}
