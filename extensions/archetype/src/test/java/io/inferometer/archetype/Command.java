package io.inferometer.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a user types, with a JDK of a test's choice. Each ends well, or the test has failed. */
record Command(Path jdk, LocalRepository repository) {
    private static final long MINUTES = 5;

    static Path ownJdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** What Maven said in a folder. */
    String maven(Path dir, String... words) throws Exception {
        String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        List<String> always =
                List.of(maven, "-B", "-ntp", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository.dir());
        List<String> offline = System.getProperty("maven.offline").equals("offline=true") ? List.of("-o") : List.of();
        return run(
                dir,
                Stream.of(always, offline, List.of(words)).flatMap(List::stream).toList());
    }

    /** What Gradle said in a folder; it loads nothing. */
    String gradle(Path gradle, Path dir, String... words) throws Exception {
        List<String> always =
                List.of(gradle.toString(), "--offline", "--no-daemon", "-Dmaven.repo.local=" + repository.dir());
        return run(dir, Stream.of(always, List.of(words)).flatMap(List::stream).toList());
    }

    /** What a runnable jar said in a folder. */
    String jar(Path dir, String... words) throws Exception {
        String java = jdk.resolve("bin").resolve("java").toString();
        return run(
                dir,
                Stream.of(List.of(java, "-jar", "target/benchmarks.jar"), List.of(words))
                        .flatMap(List::stream)
                        .toList());
    }

    /** What a program said in a folder. */
    String run(Path dir, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ENDPOINT_") || name.startsWith("MAVEN_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        boolean hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!hasEnded) {
            process.destroyForcibly();
        }
        String text = Files.readString(said);
        Files.delete(said);
        assertThat(hasEnded).as("ends in time: %s%n%s", command, text).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
        return text;
    }

    /** A program on the path, if it is there. */
    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
