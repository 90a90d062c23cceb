package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types into real shells, each where it is installed: what stands on the line when Tab has been pressed is compared. */
class CompletionTest {
    private static final List<String> SUBCOMMANDS = List.of(
            "run",
            "ab",
            "list",
            "serve",
            "generate",
            "batch-job",
            "report",
            "compare",
            "search",
            "doctor",
            "completion");

    @TempDir
    private Path directory;

    /** What is typed, and all that may stand in the place of its last word. */
    private record Typed(String line, List<String> offered) {
        static Typed of(String line, String... offered) {
            return new Typed(line, List.of(offered));
        }
    }

    private static List<Typed> typed() {
        return List.of(
                Typed.of("inferometer sear", "search"),
                Typed.of("inferometer Lon", "Longer.Nested"),
                Typed.of("inferometer run Hel", "Hello"),
                Typed.of("inferometer --base-u", "--base-url"),
                Typed.of("inferometer run --base-u", "--base-url"),
                Typed.of("inferometer run --no-str", "--no-streaming"),
                Typed.of("inferometer run --forked"),
                Typed.of("inferometer run --protocol me", "messages"),
                Typed.of("inferometer run --protocol=me", "messages"),
                Typed.of(
                        "inferometer run --protocol ",
                        "chat",
                        "completions",
                        "responses",
                        "messages",
                        "embeddings",
                        "rerank"),
                Typed.of("inferometer --arrivals v", "vllm-rescaled"),
                Typed.of("inferometer run --calibrate ", "after", "before", "off"),
                Typed.of("inferometer run -v ", "SILENT", "NORMAL", "EXTRA"),
                Typed.of("inferometer run -p i", "isl="),
                Typed.of("inferometer run -p ", "isl=", "name="),
                Typed.of("inferometer run --model "),
                Typed.of("inferometer run --model list Lon", "Longer.Nested"),
                Typed.of("inferometer run --strict Lon", "Longer.Nested"),
                Typed.of("inferometer run -rf j", "json", "junit"),
                Typed.of("inferometer search -rf ", "json", "csv", "requests", "svg", "html", "junit", "markdown"),
                Typed.of("inferometer compare -rf ", "html", "junit", "markdown"),
                Typed.of("inferometer batch-job --beside L", "Longer.Nested"),
                Typed.of("inferometer completion ", "bash", "zsh", "fish"),
                Typed.of("inferometer report oth", "other.json"),
                Typed.of("inferometer run --journal oth", "other.json"),
                Typed.of("inferometer run --journal=oth", "other.json"),
                Typed.of("inferometer serve --ho", "--host"));
    }

    private static Map<String, Set<String>> expected() {
        return typed().stream().collect(Collectors.toMap(Typed::line, typed -> Set.copyOf(typed.offered())));
    }

    private static List<String> lines() {
        return typed().stream().map(Typed::line).toList();
    }

    @Test
    void bashOffers() throws Exception {
        assertThat(bash(lines())).containsExactlyInAnyOrderEntriesOf(expected());
    }

    @Test
    void zshOffers() throws Exception {
        assertThat(zsh(lines())).containsExactlyInAnyOrderEntriesOf(expected());
    }

    @Test
    void fishOffers() throws Exception {
        assertThat(fish(lines())).containsExactlyInAnyOrderEntriesOf(expected());
    }

    @Test
    void theFirstWordIsASubcommandOrAWorkload() throws Exception {
        List<String> words = Stream.concat(SUBCOMMANDS.stream(), Stream.of("Hello", "Longer.Nested"))
                .toList();

        assertThat(bash(List.of("inferometer ")).get("inferometer ")).containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void whatIsTypedInBashIsCompletedOnTheLine() throws Exception {
        script("bash", "script");
        Files.writeString(directory.resolve("other.json"), "");
        Path start = Files.writeString(
                directory.resolve("start"), "PS1=\nsource ./script\ninferometer() { printf '<%s>' \"$@\"; echo; }\n");

        List<String> lines = output(
                "inferometer run --proto\tmess\tHel\t-p isl\t12\n"
                        + "inferometer run --protocol=emb\t--base-url sim:b2\tt\t --journal oth\t\n",
                "bash",
                "--noprofile",
                "--rcfile",
                start.toString(),
                "-i");

        assertThat(lines)
                .contains(
                        "<run><--protocol><messages><Hello><-p><isl=12>",
                        "<run><--protocol=embeddings><--base-url><sim:b200-trt-tp4><--journal><other.json>");
    }

    @Test
    void anotherShellIsRefused() {
        CommandLineRun run = new CommandLineRun();

        assertThat(run.run("completion", "tcsh")).isEqualTo(2);
        assertThat(run.err()).isEqualTo("inferometer: completion tcsh: the shells are bash, zsh, fish\n");
    }

    @Test
    void aShellHasToBeNamed() {
        CommandLineRun run = new CommandLineRun();

        assertThat(run.run("completion")).isEqualTo(2);
        assertThat(run.err()).isEqualTo("inferometer: SHELL is missing; completion --help tells what there is\n");
    }

    private Map<String, Set<String>> bash(List<String> lines) throws Exception {
        script("bash", "script");
        return candidates(lines, """
                        source ./script
                        compopt() { :; }
                        for line; do
                          COMP_LINE=$line COMP_POINT=${#line}
                          _inferometer
                          printf '%s\\n' "LINE $line" "${COMPREPLY[@]}"
                        done
                        """, "bash", "--noprofile", "--norc");
    }

    private Map<String, Set<String>> fish(List<String> lines) throws Exception {
        script("fish", "script");
        // Behind --option= fish tells of the whole word, and of each word with its description.
        return candidates(lines, """
                        source ./script
                        for line in $argv
                            printf '%s\\n' "LINE $line"
                            complete -C $line | string replace -r '\\t.*' '' | string replace -r '^-\\S*=' ''
                        end
                        """, "fish", "--no-config");
    }

    /** The completion system of zsh runs in its line editor alone: it is given a terminal, and lists what it would add. */
    private Map<String, Set<String>> zsh(List<String> lines) throws Exception {
        script("zsh", "script");
        return candidates(lines, """
                        zmodload zsh/zpty
                        zpty shell zsh -f -i
                        say() { zpty -w shell "$1" }
                        say 'PS1= ; unsetopt zle_bracketed_paste; autoload -U compinit && compinit -u -D'
                        say 'source ./script'
                        say 'compadd() { local -a seen; builtin compadd -A seen "$@"; print -lr -- $seen >> found; builtin compadd "$@" }'
                        say 'list-all() { : > found; _main_complete; : > ended }'
                        say 'zle -C list-all complete-word list-all; bindkey "^X" list-all'
                        for line; do
                          rm -f ended
                          zpty -w -n shell $'\\x15'"$line"$'\\x18'
                          for ((i = 0; i < 500; i++)); do
                            [[ -e ended ]] && break
                            zpty -r -t shell drop
                            sleep 0.02
                          done
                          [[ -e ended ]] || print -r -- "no completion ended"
                          print -r -- "LINE $line"
                          cat found
                        done
                        zpty -d shell
                        """, "zsh", "-f");
    }

    private void script(String shell, String name) throws IOException {
        assumeTrue(installed(shell), () -> shell + " is not installed");
        CommandLineRun run = new CommandLineRun();
        assertThat(run.run("completion", shell)).isZero();
        Files.writeString(directory.resolve(name), run.out());
    }

    private static boolean installed(String shell) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
    }

    private Map<String, Set<String>> candidates(List<String> lines, String program, String... shell) throws Exception {
        Files.writeString(directory.resolve("other.json"), "");
        List<String> words = new ArrayList<>(List.of(shell));
        words.add(Files.writeString(directory.resolve("asking"), program).toString());
        words.addAll(lines);
        Map<String, Set<String>> found = new HashMap<>();
        Set<String> ofLine = new HashSet<>();
        for (String text : output("", words.toArray(String[]::new))) {
            if (text.startsWith("LINE ")) {
                ofLine = new HashSet<>();
                found.put(text.substring("LINE ".length()), ofLine);
            } else if (!text.isBlank()) {
                ofLine.add(text.strip());
            }
        }
        return found;
    }

    private List<String> output(String input, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("TERM", "dumb");
        Process process = builder.start();
        try {
            process.outputWriter(StandardCharsets.UTF_8).append(input).close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(text).isTrue();
            return text.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
