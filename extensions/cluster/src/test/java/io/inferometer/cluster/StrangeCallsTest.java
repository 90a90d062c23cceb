package io.inferometer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.cli.CommandContext;
import io.inferometer.cluster.wire.Identity;
import io.inferometer.plan.UsageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of somebody who knows the secret, and whose program says what he likes. */
class StrangeCallsTest {
    private static final Identity IDENTITY = Identity.of("correct horse battery");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** A variable that is set wherever tests run, and stands for a key. */
    private static final String SET = "PATH";

    @TempDir
    Path dir;

    /** What an agent that has been started with these hosts answers; nothing is begun. */
    private static String refusal(
            List<String> hosts, Map<String, String> variables, Map<String, String> files, String... words)
            throws Exception {
        try (Agent agent = new Agent(
                CommandContext.ofProcess(), new InetSocketAddress(HERE, 0), IDENTITY, new AllowedHosts(hosts))) {
            URI at = URI.create("agent://" + agent.name());
            Call call = new Call(
                    "0",
                    Hash.ofProgram(),
                    "2026-11-21T12:00:00Z",
                    "run",
                    "127.0.0.1:1",
                    true,
                    List.of(List.of(words)),
                    variables,
                    files);
            try (AgentLine line =
                    AgentLine.call(new InetSocketAddress(at.getHost(), at.getPort()), HERE, IDENTITY, call)) {
                return line.answer().refusal();
            }
        }
    }

    private static String refusal(String... words) throws Exception {
        return refusal(List.of(), Map.of(), Map.of(), words);
    }

    private static String sends(List<String> hosts, String url, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--agents=a", "--api-key-env=" + SET, "--base-url=" + url));
        words.addAll(List.of(more));
        return refusal(hosts, Map.of(), Map.of(), words.toArray(String[]::new));
    }

    @Test
    void aRunOnAgentsIsNotRefused() throws Exception {
        assertThat(refusal(List.of(), Map.of("READING_MODEL", "other"), Map.of(), "--agents=a"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-jvm=/bin/sh", "-jvmArgs=-XX:OnOutOfMemoryError=sh"})
    void noOtherJvmIsStarted(String word) throws Exception {
        assertThat(refusal("-f=1", word)).isEqualTo("it is asked for something else than a run on agents");
        assertThat(refusal("--agents=a", "-f=1", word))
                .endsWith("agents run forks in JVMs like their own; start the agents with it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--forked-simulated", "--forked-journal", "--forked-side"})
    void whatAForkIsToldTheAgentTells(String word) throws Exception {
        String value = word.endsWith("side") ? "A" : "http://127.0.0.1:1";

        assertThat(refusal("--agents=a", word + "=" + value)).isEqualTo(word + " is for nobody to give");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "LD_PRELOAD", "PATH", "INFEROMETER_CLUSTER_SECRET", "OPENAI_API_KEY"})
    void noVariableIsSetThatNoWorkloadTakes(String variable) throws Exception {
        assertThat(refusal(List.of(), Map.of(variable, "x"), Map.of(), "--agents=a"))
                .isEqualTo("its variable " + variable + " is its own: no workload of the run takes that for an option");
    }

    @Test
    void noFileIsReadThatTheCallerHasNot() throws Exception {
        Path file = Files.writeString(dir.resolve("secrets.txt"), "nobody's business");
        String refused = "its file " + file + " is not the one that this run has";
        String[] words = {"--agents=a", "-p=file=" + file};

        assertThat(refusal(words)).isEqualTo(refused);
        assertThat(refusal(List.of(), Map.of(), Map.of(file.toString(), "00"), words))
                .isEqualTo(refused);
        assertThat(refusal(List.of(), Map.of(), Map.of(file.toString(), Hash.of(file)), words))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self/environ", "/dev/zero", "/dev/stdin"})
    void noFileIsReadThatIsAnotherEachTime(String file) throws Exception {
        assertThat(refusal(List.of(), Map.of(), Map.of(file, "00"), "--agents=a", "-p=file=" + file))
                .isEqualTo("its file " + file + " is not the one that this run has");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        assertThat(refusal(List.of(), Map.of(), Map.of("gone.txt", "00"), "--agents=a", "-p=file=gone.txt"))
                .isEqualTo("it lacks the file gone.txt (looked for from "
                        + Path.of("").toAbsolutePath() + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, https://api.example.com",
        "API.example.com, https://api.Example.com:8443/v1",
        "api.example.com:8443, https://api.example.com:8443",
        "http://10.0.0.5, http://10.0.0.5:8000",
        "my_server:8000, https://my_server:8000",
        "127.0.0.1, http://127.0.0.1:8000",
        "localhost, http://localhost:8000"
    })
    void aKeyIsSentToHostsThatAreNamed(String host, String url) throws Exception {
        assertThat(sends(List.of(host), url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example.com | https://api.example.com.evil.org | api.example.com.evil.org: its --allow-host names api.example.com",
                "api.example.com:443 | https://api.example.com:8443 | api.example.com: its --allow-host names api.example.com:443",
                "api.example.com | http://api.example.com | api.example.com without TLS: start it with --allow-host http://api.example.com",
                "my_server | http://their_server:8000 | their_server: its --allow-host names my_server"
            })
    void aKeyIsSentNowhereElse(String host, String url, String refused) throws Exception {
        assertThat(sends(List.of(host), url)).isEqualTo("it may not send its PATH to " + refused);
    }

    @Test
    void aKeyIsSentToNobodyWhoseNameIsNotVerified() throws Exception {
        assertThat(sends(List.of("api.example.com"), "https://api.example.com", "--insecure"))
                .isEqualTo("it may not send its PATH to api.example.com whoever that is, by --insecure: start it with"
                        + " --allow-host http://api.example.com");
    }

    @Test
    void variablesOfHeadersAreSentNowhereElseEither() throws Exception {
        assertThat(refusal("--agents=a", "--header=X-Team: ${PATH}", "--base-url=http://127.0.0.1:1"))
                .isEqualTo("it may not send variables of its environment to 127.0.0.1: start it with --allow-host"
                        + " 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "api.example.com/v1", "a b", ""})
    void aHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> new AllowedHosts(List.of(host)))
                .isInstanceOf(UsageException.class)
                .hasMessage("--allow-host " + host
                        + ": give HOST or HOST:PORT, or http://HOST where nobody else is on the way");
    }
}
