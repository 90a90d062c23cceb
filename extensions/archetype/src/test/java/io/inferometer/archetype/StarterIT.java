package io.inferometer.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A project that the archetype makes, by the command of {@code docs/projects.md}, built by Maven and run. */
class StarterIT {
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final String ARCHETYPE_PLUGIN =
            "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype.version");

    private static LocalRepository repository;

    @TempDir
    Path dir;

    @BeforeAll
    static void install() throws IOException {
        repository = LocalRepository.installed();
    }

    @Test
    void aProjectInAFolderWithSpacesAndAPackageOfItsOwnIsBuiltAndItsJarHasAllSubcommands() throws Exception {
        Command command = new Command(Command.ownJdk(), repository);
        Path project = generate(command, Files.createDirectory(dir.resolve("a folder")), "-Dpackage=my.own.name");

        assertThat(files(project))
                .containsExactly(
                        "README.md",
                        "pom.xml",
                        "src/main/java/my/own/name/Conversation.java",
                        "src/main/java/my/own/name/Question.java",
                        "src/test/java/my/own/name/QuestionGateTest.java");

        assertBuilds(command, project);
        assertThat(command.jar(project, "Conversation", "--no-journal"))
                .contains("# Workload: Conversation (", "\nttft ");
        List<String> subcommands = subcommands(command.jar(project, "--help"));
        assertThat(subcommands)
                .contains("run", "list", "serve", "generate", "report", "compare", "ab", "search", "batch-job");
        for (String subcommand : subcommands) {
            assertThat(command.jar(project, subcommand, "--help")).contains("java -jar JAR");
        }
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("otherJdks")
    void aProjectIsBuiltAndRunsOnEveryOtherJdkOfThisMachine(Path jdk) throws Exception {
        Command command = new Command(jdk, repository);

        assertBuilds(command, generate(command, dir));
    }

    private static void assertBuilds(Command command, Path project) throws Exception {
        assertThat(command.maven(project, "package"))
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0")
                .doesNotContain("COMPILATION WARNING");
        assertThat(command.jar(project, "--no-journal"))
                .contains("# Workload: Question (", "40 requests in ", "\nttft ");
    }

    private static Path generate(Command command, Path dir, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(ARCHETYPE_PLUGIN + ":generate"));
        words.addAll(Page.of("docs/projects.md").words("mvn archetype:generate "));
        words.addAll(List.of(more));
        command.maven(dir, words.toArray(String[]::new));
        return dir.resolve("inference");
    }

    /** Those that Debian's packages and their like put there, each under one name. */
    static List<Path> otherJdks() throws IOException {
        if (!Files.isDirectory(JDKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(JDKS)) {
            return all.filter(jdk -> !Files.isSymbolicLink(jdk) && Files.isExecutable(jdk.resolve("bin/javac")))
                    .filter(jdk -> !jdk.equals(Command.ownJdk()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> subcommands(String help) {
        return Pattern.compile("^  ([a-z-]+) {2,}\\S", Pattern.MULTILINE)
                .matcher(help.substring(help.indexOf("\nSubcommands")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> files(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> project.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
