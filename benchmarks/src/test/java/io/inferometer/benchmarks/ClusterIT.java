package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs on agents, processes of the built jar on ports of this machine. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterIT {
    private static final Map<String, String> SECRET = Map.of("INFEROMETER_CLUSTER_SECRET", "sixteen or more of them");
    private static final String MET = "sim:metronome?ttft=20&itl=2";

    @TempDir
    Path dir;

    private final List<Agent> agents = new ArrayList<>();
    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @AfterEach
    void end() throws Exception {
        for (Agent agent : agents) {
            agent.process.destroyForcibly().waitFor();
        }
    }

    /** An agent in a directory of its own. */
    private final class Agent {
        private final Process process;
        private final String address;
        private final Path home;
        private final Path err;

        Agent(Map<String, String> environment, String... more) throws IOException {
            home = Files.createTempDirectory(dir, "agent");
            err = home.resolve("err.txt");
            List<String> words = new ArrayList<>(List.of("agent", "--listen", "127.0.0.1:0"));
            words.addAll(List.of(more));
            process = new Jar(home).start(environment, err, words.toArray(String[]::new));
            BufferedReader out = process.inputReader();
            String line = String.valueOf(out.readLine());
            address = line.substring(line.lastIndexOf(' ') + 1);
            agents.add(this);
        }

        /** What it has told. */
        String told() throws IOException {
            return Files.readString(err);
        }

        /** The journal of its one share, which is at its end. */
        Path journal() throws Exception {
            Path journal = null;
            for (int i = 0; i < 600; i++) {
                List<String> there = new Jar(home).files(".journal.jsonl");
                journal = there.isEmpty() ? null : home.resolve(there.get(0));
                if (journal != null && Files.readString(journal).contains("\"type\":\"end\"")) {
                    return journal;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new AssertionError("no journal that has ended: " + journal);
        }

        void awaitTold(String text) throws Exception {
            for (int i = 0; i < 600 && !told().contains(text); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(told()).contains(text);
        }
    }

    @Test
    void theLoadOfARunIsThatOfAllAgentsTogether() throws Exception {
        Agent one = new Agent(SECRET);
        Agent other = new Agent(SECRET);

        Jar.Result run = jar.run(
                SECRET,
                "Sample03OpenLoop",
                "--agents",
                one.address + "," + other.address,
                "--base-url",
                MET,
                "--rate",
                "40",
                "--arrivals",
                "constant",
                "--requests",
                "80",
                "-wi",
                "0",
                "--no-client-warmup",
                "--calibrate",
                "off",
                "-rf",
                "json",
                "-rff",
                "o.json");

        assertThat(run.err())
                .as("the agents told: %s %s", one.told(), other.told())
                .isEmpty();
        assertThat(run.status()).isZero();
        assertThat(jar.json("o.json").at("/trials/0/summary/requests/succeeded").asInt())
                .isEqualTo(80);
        List<JsonNode> requests = Jar.measured(dir.resolve("o.json.journal.jsonl"));
        assertThat(requests)
                .extracting(request -> request.path("index").asInt())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 80).boxed().toList());
        one.awaitTold("the run has ended");
        assertThat(one.told()).doesNotContain("lost");
    }

    @Test
    void whoHasAnotherSecretAnotherJarOrComesSecondIsTurnedAwayInALine() throws Exception {
        Agent agent = new Agent(SECRET);
        String[] words = {"Sample01", "--agents", agent.address, "--base-url", MET, "--requests", "400", "-wi", "0"};

        Jar.Result stranger = jar.run(Map.of("INFEROMETER_CLUSTER_SECRET", "another one of sixteen"), words);
        Jar.Result shy = jar.run(Map.of("INFEROMETER_CLUSTER_SECRET", "short"), words);
        Jar.Result other = Jar.withOneFileMore(dir).run(SECRET, words);
        Process first = jar.start(SECRET, words);
        agent.awaitTold("begins");
        Jar.Result second = jar.run(SECRET, words);
        first.destroyForcibly().waitFor();
        agent.awaitTold("the run has ended");

        String cantBeHad = "inferometer: the agent " + agent.address + " can't be had: it ";
        assertThat(stranger.complaints()).containsExactly(cantBeHad + "has another INFEROMETER_CLUSTER_SECRET");
        assertThat(stranger.status()).isEqualTo(1);
        assertThat(agent.told())
                .contains("a caller from 127.0.0.1 was turned away: it has another INFEROMETER_CLUSTER_SECRET");
        assertThat(shy.complaints())
                .containsExactly("inferometer: INFEROMETER_CLUSTER_SECRET has 5 characters; it takes at least 16, as of"
                        + " openssl rand -base64 24");
        assertThat(shy.status()).isEqualTo(2);
        assertThat(other.complaints())
                .singleElement(as(STRING))
                .matches(Pattern.quote(cantBeHad + "has another jar: Inferometer ")
                        + "\\S+ \\([0-9a-f]{12}\\), and this run's is \\S+ \\([0-9a-f]{12}\\)");
        assertThat(other.status()).isEqualTo(1);
        assertThat(second.complaints()).containsExactly(cantBeHad + "is busy with another run");
        assertThat(second.status()).isEqualTo(1);
    }

    @Test
    void filesThatAgentsLackOrHaveOtherwiseAndPortsThatAreTakenOrSilentAreALine() throws Exception {
        Agent agent = new Agent(SECRET);
        Files.writeString(dir.resolve("p.jsonl"), "{\"prompt\": \"hello\"}\n");
        String[] words = {"Sample07", "-p", "file=p.jsonl", "--base-url", MET, "--requests", "1", "--agents"};

        Jar.Result missing = jar.run(SECRET, with(words, agent.address));
        Files.writeString(agent.home.resolve("p.jsonl"), "{\"prompt\": \"good-bye\"}\n");
        Jar.Result unlike = jar.run(SECRET, with(words, agent.address));
        Jar.Result taken = jar.run(SECRET, "agent", "--listen", agent.address);
        Jar.Result silent = jar.run(SECRET, with(words, "127.0.0.1:1"));

        String cantBeHad = "inferometer: the agent " + agent.address + " can't be had: it";
        assertThat(missing.complaints())
                .containsExactly(cantBeHad + " lacks the file p.jsonl (looked for from " + agent.home + ")");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(unlike.complaints()).containsExactly(cantBeHad + "s file p.jsonl is not the one that this run has");
        assertThat(unlike.status()).isEqualTo(1);
        assertThat(taken.complaints())
                .containsExactly("inferometer: can't listen on " + agent.address + ": Address already in use");
        assertThat(taken.status()).isEqualTo(1);
        assertThat(silent.complaints())
                .containsExactly("inferometer: the agent 127.0.0.1:1 can't be had: Connection refused");
        assertThat(silent.status()).isEqualTo(1);
        assertThat(agent.process.children()).isEmpty();
        assertThat(jar.files(".journal.jsonl")).isEmpty();
    }

    @Test
    void anAgentThatIsKilledEndsTheRunWithAllThatItHadFinished() throws Exception {
        Agent killed = new Agent(SECRET);
        Agent other = new Agent(SECRET);
        String[] words = {
            "Sample03OpenLoop",
            "--agents",
            killed.address + "," + other.address,
            "--base-url",
            MET,
            "--rate",
            "20",
            "--requests",
            "2000",
            "-wi",
            "0",
            "--no-client-warmup",
            "--calibrate",
            "off",
            "-rf",
            "json",
            "-rff",
            "o.json"
        };
        Path journal = dir.resolve("o.json.journal.jsonl");
        Path err = dir.resolve("err.txt");

        Process run = jar.start(SECRET, err, words);
        for (int i = 0; i < 2_400 && Jar.measuredSoFar(journal) < 40; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        killed.process.destroyForcibly().waitFor();
        boolean ended = run.waitFor(30, TimeUnit.SECONDS);

        assertThat(ended).isTrue();
        assertThat(run.exitValue()).isEqualTo(1);
        assertThat(Files.readString(err))
                .containsPattern("^inferometer: the run is not complete: " + Pattern.quote(killed.address)
                        + " in fork 1 of 1 failed: the agent was lost; the result has the [0-9]+ measured requests that"
                        + " it finished\n$");
        JsonNode result = jar.json("o.json");
        assertThat(result.path("complete").asBoolean()).isFalse();
        assertThat(result.path("incompleteReason").asText()).contains("the agent was lost");
        List<Integer> athome = succeeded(journal);
        List<Integer> lost = succeeded(killed.journal()).stream()
                .filter(index -> !athome.contains(index))
                .toList();
        // What ended within a second of its death: it was sent ten requests a second.
        assertThat(lost).hasSizeLessThanOrEqualTo(10);
        assertThat(athome).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
    }

    private static List<Integer> succeeded(Path journal) throws IOException {
        return Jar.measured(journal).stream()
                .filter(request -> request.path("outcome").asText().equals("success"))
                .map(request -> request.path("index").asInt())
                .toList();
    }

    @Test
    void whatIsSentToAnAgentCantBeRead() throws Exception {
        Map<String, String> environment = new HashMap<>(SECRET);
        environment.put("SOME_API_KEY", "sk-nobody-may-read-this");
        Agent agent = new Agent(environment, "--allow-host", "127.0.0.1");
        try (Jar.Served served = jar.new Served("metronome?ttft=5&itl=1", "--api-key-env", "SERVED_KEY");
                Tap tap = new Tap(agent.address)) {
            environment.put("SOME_API_KEY", "right-key");
            Agent knows = new Agent(environment, "--allow-host", "127.0.0.1");
            Agent bound = new Agent(environment);
            String[] words = {
                "Sample01",
                "--base-url",
                served.url(),
                "--api-key-env",
                "SOME_API_KEY",
                "--requests",
                "4",
                "-wi",
                "0",
                "--no-client-warmup",
                "--calibrate",
                "off"
            };

            Jar.Result told = jar.run(SECRET, with(words, "--agents", tap.address));
            Jar.Result right = jar.run(SECRET, with(words, "--agents", knows.address));
            Jar.Result refused = jar.run(SECRET, with(words, "--agents", bound.address));

            assertThat(told.status()).isEqualTo(3);
            assertThat(tap.seen()).isNotEmpty().doesNotContain("Sample", "sk-nobody", "api-key", "metronome");
            assertThat(right.err()).isEmpty();
            assertThat(right.status()).isZero();
            assertThat(refused.complaints())
                    .containsExactly("inferometer: the agent " + bound.address
                            + " can't be had: it may not send its SOME_API_KEY to 127.0.0.1: start it with --allow-host"
                            + " 127.0.0.1");
        }
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Stands between a caller and whom he calls, and notes all that passes. */
    private static final class Tap implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final String address = "127.0.0.1:" + socket.getLocalPort();
        private final String to;

        Tap(String to) throws IOException {
            this.to = to;
            daemon(this::accept);
        }

        private void accept() throws IOException {
            while (true) {
                Socket in = socket.accept();
                Socket out = new Socket("127.0.0.1", Integer.parseInt(to.substring(to.indexOf(':') + 1)));
                daemon(() -> pass(in, out));
                daemon(() -> pass(out, in));
            }
        }

        private void pass(Socket from, Socket into) throws IOException {
            byte[] bytes = new byte[4096];
            try (from;
                    into) {
                InputStream in = from.getInputStream();
                OutputStream out = into.getOutputStream();
                for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                    synchronized (seen) {
                        seen.write(bytes, 0, read);
                    }
                    out.write(bytes, 0, read);
                }
            }
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // One of the two is gone.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        /** Something that may fail. */
        private interface Work {
            void run() throws IOException;
        }

        String seen() {
            synchronized (seen) {
                return seen.toString(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
