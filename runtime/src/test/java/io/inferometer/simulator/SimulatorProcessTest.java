package io.inferometer.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorProcessTest {
    @Test
    void servesFromAProcessOfItsOwnAndEndsItWhenClosed() throws IOException {
        SimulatorProcess simulator = SimulatorProcess.start(Profile.parse("metronome?ttft=0.5&itl=0"));
        ProcessHandle child = ProcessHandle.of(simulator.pid()).orElseThrow();

        try (RawClient client = new RawClient(simulator.url())) {
            assertThat(client.complete(RawClient.chat(7, true)).events()).hasSize(8);
        }
        simulator.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void closingItTwiceDoesNoHarm() throws IOException {
        SimulatorProcess simulator = SimulatorProcess.start(Profile.parse("metronome"));

        simulator.close();
        simulator.close();

        assertThat(ProcessHandle.of(simulator.pid()).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void theChildSaysOneLineAndEndsWithItsInput() throws Exception {
        Process child = new ProcessBuilder(SimulatorProcess.command(List.of("metronome?itl=2"))).start();
        BufferedReader out = child.inputReader();

        assertThat(out.readLine())
                .matches("Simulated endpoint metronome\\?ttft=50&itl=2 on http://127\\.0\\.0\\.1:\\d+");
        child.getOutputStream().close();

        assertThat(child.waitFor()).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(new String(child.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    }

    @Test
    void whoIsNotReadyInTimeIsEndedAndThatIsWhatIsSaid() throws Exception {
        Process child = new ProcessBuilder("sleep", "600").start();

        assertThatIOException()
                .isThrownBy(() -> SimulatorProcess.awaitUrl(child, Duration.ofSeconds(1)))
                .withMessage(
                        "the simulated endpoint was not ready within 1 s: look what else this machine is busy with");

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoIsConnectedWhenTheInputEndsUnsaidIsLeftToGo() throws Exception {
        Process child = new ProcessBuilder(SimulatorProcess.command(List.of("metronome"))).start();
        String ready = child.inputReader().readLine();
        int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connected.getOutputStream().write("GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertThat(connected.getInputStream().read()).isEqualTo('H');

            child.getOutputStream().close();

            assertThat(child.waitFor(1, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theChildEndsWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorParent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly();

        Await.until(() -> !child.isAlive());
    }

    @Test
    void tellsInOneLineWhyAChildDidNotStart() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SimulatorProcess.start(List.of("allegro")))
                .withMessage("the simulated endpoint did not start: no profile 'allegro'; known: "
                        + String.join(", ", Profile.names()));
    }

    @Test
    void tellsThatAPortIsTaken() throws IOException {
        try (SimulatorProcess simulator = SimulatorProcess.start(Profile.parse("metronome"))) {
            String port = simulator.url().substring(simulator.url().lastIndexOf(':') + 1);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> SimulatorProcess.start(List.of("metronome", port)))
                    .withMessage("the simulated endpoint did not start: cannot listen on 127.0.0.1:" + port
                            + ": Address already in use; choose another port, or 0 for any that is free");
        }
    }
}
