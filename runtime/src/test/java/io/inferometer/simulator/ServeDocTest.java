package io.inferometer.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/serve.md} print what stands below them, but for what is left out there. */
class ServeDocTest {
    private static final Path DOC = Path.of("..", "docs", "serve.md");
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```\n(?:```\n(.*?)```\n)?", Pattern.DOTALL);
    private static final String MARK = "---- the next one ----";

    @TempDir
    Path directory;

    private record Example(String commands, String output) {}

    @Test
    void eachCommandPrintsWhatStandsBelowIt() throws Exception {
        assumeTrue(isThere("curl") && isThere("sh"), "there is no curl here, or no shell");
        List<Example> examples = examples();
        String profile = profile();

        List<String> printed;
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)))) {
            printed = run(examples, endpoint.url());
        }

        assertThat(examples).hasSizeGreaterThan(20);
        for (int i = 0; i < examples.size(); i++) {
            assertPrinted(examples.get(i), printed.get(i));
        }
    }

    /** What stands there, in its order, with anything in the place of each ellipsis. */
    private static void assertPrinted(Example example, String printed) {
        int at = 0;
        for (String part : example.output().split("…")) {
            int found = printed.indexOf(part.strip(), at);
            assertThat(found)
                    .as(() -> example.commands() + "lacks\n" + part.strip() + "\nfrom there on in\n" + printed)
                    .isNotNegative();
            at = found + part.strip().length();
        }
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(DOC));
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
        }
        return examples;
    }

    /** The profile of the command at the top. */
    private static String profile() throws IOException {
        Matcher matcher = Pattern.compile("--profile '([^']*)'").matcher(Files.readString(DOC));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private List<String> run(List<Example> examples, String url) throws Exception {
        StringBuilder script = new StringBuilder();
        for (Example example : examples) {
            script.append(example.commands().replace("http://127.0.0.1:8000", url));
            script.append("printf '\\n").append(MARK).append("\\n'\n");
        }
        Process shell = new ProcessBuilder("sh", "-e", "-c", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return List.of(printed.split("\n" + MARK + "\n", -1));
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
