package io.inferometer.harness.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberProviderTest {
    @ParameterizedTest
    @ValueSource(strings = {"--no-journal", "--check"})
    void agentsWithoutTheExtensionAreRefused(String more) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of("--agents=127.0.0.1:1", "--base-url=sim:metronome?ttft=5&itl=1", "--requests=1", more),
                name -> null,
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("inferometer: --agents: this jar knows no members on other machines; it lacks the extension"
                        + " inferometer-cluster\n");
        assertThat(status).isEqualTo(2);
    }
}
