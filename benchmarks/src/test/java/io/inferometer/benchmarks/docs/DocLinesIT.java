package io.inferometer.benchmarks.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code java -jar} line in a fenced block of the README and of docs is run, with what {@link Adaptation} changes in it, against
 * a simulated endpoint, and ends as the text says. A section of a page has a directory and a JVM of its own. Run by {@code -Pdocs}.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocLinesIT {
    /** The lines that the docs mark as {@code # not run: …}. */
    private static final List<String> NOT_RUN = List.of(
            "docs/batch-job.md: batch-job Sample01 --base-url http://127.0.0.1:8000 --requests 500 --resume run.json.journal.jsonl",
            "docs/cluster.md: agent --listen 10.0.0.2:7800 --allow-host api.example.com",
            "docs/cluster.md: --agents 10.0.0.2:7800,10.0.0.3:7800 --base-url https://api.example.com --rate 200 -rf json -rff out.json",
            "docs/cluster.md: agent --listen 127.0.0.1:7801",
            "docs/cluster.md: Sample01 --agents 127.0.0.1:7801,127.0.0.1:7802 --base-url http://127.0.0.1:8900 -wi 0 -i 1"
                    + " --calibrate off --rate 40 --requests 1000",
            "docs/cluster.md: Sample01 --agents 127.0.0.1:7801,127.0.0.1:7802 --base-url http://127.0.0.1:8900 -wi 0 -i 1"
                    + " --calibrate off --rate 100 --arrivals constant --requests 1000",
            "docs/cluster.md: Sample01 --members 32 --base-url http://127.0.0.1:8900 -wi 0 -i 1 --calibrate off"
                    + " --no-client-warmup --rate 200 --requests 2000");

    private static final Path JAR = Path.of("target", "benchmarks.jar").toAbsolutePath();
    private static final Path CLASSES = Path.of("target", "test-classes").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a-key-of-the-docs";

    private static Process served;
    private static String url;

    @TempDir
    Path directory;

    @BeforeAll
    static void serve() throws Exception {
        served = java("-jar", JAR.toString(), "serve", "--profile", "metronome?ttft=2&itl=0.5")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader ready = served.inputReader();
        String line = ready.readLine();
        url = line.substring(line.lastIndexOf(' ') + 1);
    }

    @AfterAll
    static void endServing() {
        served.destroy();
    }

    /** A section of a page; those with most to do come first, so that none is waited for at the end. */
    record Section(String page, List<Command> commands) {
        @Override
        public String toString() {
            return page + ":" + commands.get(0).line();
        }
    }

    static List<Section> endsAsTheTextSays() {
        return Page.all().stream()
                .flatMap(page -> page.commands().stream()
                        .filter(DocLinesIT::run)
                        .collect(Collectors.groupingBy(Command::section, TreeMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(commands -> new Section(page.name(), commands)))
                .sorted(Comparator.comparing(section -> -section.commands().size()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource
    void endsAsTheTextSays(Section section) throws Exception {
        Adaptation adaptation = new Adaptation(url);
        List<Command> commands = section.commands();
        List<List<String>> words = commands.stream().map(adaptation::words).toList();
        List<Session.Call> calls = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            calls.add(new Session.Call(words.get(i), environment(commands.get(i))));
        }

        List<Session.Outcome> outcomes = outcomes(calls);

        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            Session.Outcome outcome = outcomes.get(i);
            System.out.printf("%6d ms  %s:%d  %s%n", outcome.millis(), section.page(), command.line(), words.get(i));
            if (!command.statuses().contains(outcome.status())) {
                wrong.add(section.page() + ":" + command.line() + " ended with " + outcome.status()
                        + ", and the text says "
                        + command.statuses() + " (a comment, # exit 5, would say otherwise)\n  "
                        + command.text()
                        + "\n  run as " + words.get(i) + "\n" + outcome.said().indent(4));
            }
        }
        assertThat(wrong).as(() -> String.join("\n", wrong)).isEmpty();
    }

    @Test
    void whatIsNotRunIsMarkedAndListed() {
        assertThat(Page.all().stream()
                        .flatMap(page -> page.commands().stream()
                                .filter(command -> !run(command))
                                .map(command -> page.name() + ": " + String.join(" ", command.words()))))
                .containsExactlyElementsOf(NOT_RUN);
    }

    /** A page that is written otherwise than it is read would have no commands, and nothing would fail. */
    @Test
    void eachLineThatNamesAJarIsRead() throws Exception {
        for (Page page : Page.all()) {
            boolean fenced = false;
            boolean java = false;
            long lines = 0;
            for (String line : Files.readAllLines(page.file())) {
                fenced ^= line.strip().startsWith("```");
                java = fenced && (java || line.strip().equals("```java"));
                String bare = line.replaceAll("'[^']*'", "");
                lines += fenced && !java && bare.contains("java ") && bare.contains(" -jar ") ? 1 : 0;
            }
            assertThat(page.commands()).as(page.name()).hasSize((int) lines);
        }
    }

    private static boolean run(Command command) {
        return command.notRun().isEmpty();
    }

    /** The variables of a command: addresses are the endpoint's, and what names a key holds one. */
    private static Map<String, String> environment(Command command) {
        Map<String, String> environment = new HashMap<>();
        command.environment().forEach((name, value) -> environment.put(name, new Adaptation(url).word(value)));
        int key = command.words().indexOf("--api-key-env");
        if (key >= 0) {
            environment.put(command.words().get(key + 1), KEY);
        }
        return environment;
    }

    private List<Session.Outcome> outcomes(List<Session.Call> calls) throws Exception {
        String path = JAR + File.pathSeparator + CLASSES;
        Process session = java("-XX:TieredStopAtLevel=1", "-cp", path, Session.class.getName(), url)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = session.getOutputStream()) {
            JSON.writeValue(in, calls);
        }
        String said = new String(session.getInputStream().readAllBytes(), UTF_8);
        assertThat(session.waitFor()).isZero();
        return List.of(JSON.readValue(said, Session.Outcome[].class));
    }

    private static ProcessBuilder java(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        return builder;
    }
}
