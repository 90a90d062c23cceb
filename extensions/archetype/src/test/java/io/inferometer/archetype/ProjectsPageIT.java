package io.inferometer.archetype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/projects.md}, each built from the page's own text, with the README's workload. */
class ProjectsPageIT {
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>demo</groupId>
              <artifactId>inference</artifactId>
              <version>1</version>
            %s</project>
            """;

    private static Command command;
    private static Page page;

    @TempDir
    Path project;

    @BeforeAll
    static void install() throws IOException {
        command = new Command(Command.ownJdk(), LocalRepository.installed());
        page = Page.of("docs/projects.md");
    }

    @BeforeEach
    void declareAWorkload() throws IOException {
        String workload = Page.of("README.md").blocks("java").stream()
                .filter(block -> block.startsWith("package demo;"))
                .findFirst()
                .orElseThrow();
        Path source = project.resolve("src/main/java/demo/Hello.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, workload);
    }

    @Test
    void aProjectWithThePagesPomIsBuiltAndItsJarRuns() throws Exception {
        Files.writeString(project.resolve("pom.xml"), POM.formatted(page.block("xml")));

        command.maven(project, "package");

        assertThat(command.jar(project, "Hello", "--no-journal")).contains("# Workload: Hello (", "20 requests in ");
    }

    @Test
    void thePomOfTheArchetypeHasWhatThePageSays() throws Exception {
        String pom = Files.readString(Path.of("target/classes/archetype-resources/pom.xml"))
                .replace("${inferometerVersion}", System.getProperty("project.version"));

        assertThat(pom.lines().map(String::strip))
                .containsSubsequence(
                        page.block("xml").lines().map(String::strip).toList());
    }

    @Test
    void whatTheReadmeShowsIsOfThisVersion() throws Exception {
        assertThat(Page.of("README.md").text())
                .contains("\n# Inferometer " + System.getProperty("project.version") + "\n");
    }

    @Test
    void aProjectWithThePagesGradleBuildIsBuiltAndRuns() throws Exception {
        Optional<Path> gradle = Command.onPath("gradle");
        assumeTrue(gradle.isPresent(), "no gradle on the path");
        Files.writeString(project.resolve("build.gradle"), page.block("groovy"));
        Files.writeString(project.resolve("settings.gradle"), "rootProject.name = 'inference'\n");

        command.gradle(gradle.orElseThrow(), project, "installDist");

        List<String> run = List.of("build/install/inference/bin/inference", "Hello", "--no-journal");
        assertThat(command.run(project, run)).contains("# Workload: Hello (", "20 requests in ");
    }
}
