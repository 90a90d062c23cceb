package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built jar, run as a process in a directory of the test's own, with no variable set but those that a test gives. */
final class Jar {
    /** What is told is looked for, not how it is laid out. */
    private static final String WIDE = "160";

    private static final Path JAR = Path.of("target", "benchmarks.jar").toAbsolutePath();
    private static final long MINUTES = 3;

    /** Most of these processes live for a second or two, which the optimising compiler would take half of. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final Path dir;
    private final Path jar;
    private final List<String> options;

    /** One whose JVM, and those of its forks, are told to compile quickly. */
    Jar(Path dir) {
        this(dir, JAR, List.of(SHORT_LIVED, "-XX:SharedArchiveFile=" + ReadClasses.ARCHIVE));
    }

    private Jar(Path dir, Path jar, List<String> options) {
        this.dir = dir;
        this.jar = jar;
        this.options = options;
    }

    /** One whose JVM is told nothing, as the README has it run. */
    static Jar asItIs(Path dir) {
        return new Jar(dir, JAR, List.of());
    }

    /** One whose program has a file more. */
    static Jar withOneFileMore(Path dir) throws IOException {
        Path other = Files.copy(JAR, dir.resolve("other.jar"));
        try (FileSystem files = FileSystems.newFileSystem(other)) {
            Files.writeString(files.getPath("more.txt"), "more");
        }
        return new Jar(dir, other, List.of(SHORT_LIVED));
    }

    /** The jar's classes as a JVM has read them, for all that follow: a quarter of the work of a short run is to read them. */
    private static final class ReadClasses {
        static final Path ARCHIVE = made();

        private static Path made() {
            Path archive =
                    JAR.resolveSibling("classes-" + ProcessHandle.current().pid() + ".jsa");
            archive.toFile().deleteOnExit();
            Jar jar = new Jar(JAR.getParent(), JAR, List.of(SHORT_LIVED, "-XX:ArchiveClassesAtExit=" + archive));
            try {
                Result run = jar.run(
                        "HelloEndpoint",
                        "--base-url",
                        "sim:metronome?ttft=5&itl=1",
                        "--requests",
                        "2",
                        "-wi",
                        "0",
                        "--no-client-warmup",
                        "--no-journal");
                if (run.status() != 0) {
                    throw new IllegalStateException(run.err());
                }
                return archive;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What came of a run. */
    record Result(int status, String out, String err) {
        /** The lines of standard error. */
        List<String> complaints() {
            return err.lines().toList();
        }
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return run(builder(environment, List.of("-jar", jar.toString()), arguments));
    }

    /** Runs it in a JVM with options of its own. */
    Result runWith(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> java = Stream.concat(options.stream(), Stream.of("-jar", jar.toString()))
                .toList();
        return run(builder(Map.of(), java, arguments));
    }

    /** Runs it where no file may grow beyond so many blocks of 512 bytes, as if the disk were full then. */
    Result runWithSmallFiles(int blocks, String... arguments) throws IOException, InterruptedException {
        return runAfter(List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"), arguments);
    }

    /** Runs it behind a command that runs another. */
    Result runAfter(List<String> command, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(Map.of(), List.of("-jar", jar.toString()), arguments);
        builder.command().addAll(0, command);
        return run(builder);
    }

    /** Runs it with a directory of classes beside it. */
    Result runBeside(Path classes, String... arguments) throws IOException, InterruptedException {
        String path = JAR + File.pathSeparator + classes;
        return run(builder(Map.of(), List.of("-cp", path, "io.inferometer.cli.Main"), arguments));
    }

    private Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(dir, "out", ".txt");
        Path err = Files.createTempFile(dir, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int status = await(process);
        Result result = new Result(status, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** Runs another main class of the jar. */
    Result main(String className, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(dir, "out", ".txt");
        Process process = builder(Map.of(), List.of("-cp", JAR.toString(), className), arguments)
                .redirectOutput(out.toFile())
                .redirectErrorStream(true)
                .start();
        int status = await(process);
        return new Result(status, Files.readString(out), "");
    }

    /** Starts it, to be ended by the test. */
    Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    Process start(Map<String, String> environment, String... arguments) throws IOException {
        return builder(environment, List.of("-jar", jar.toString()), arguments).start();
    }

    /** Starts it with a file for its standard error, to be ended by the test. */
    Process start(Map<String, String> environment, Path err, String... arguments) throws IOException {
        return builder(environment, List.of("-jar", jar.toString()), arguments)
                .redirectError(err.toFile())
                .start();
    }

    /** A simulated endpoint in a process of its own, ended by {@link #close}. */
    final class Served implements AutoCloseable {
        private final Process process;
        private final String url;

        Served(String profile, String... more) throws IOException {
            List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--profile", profile));
            arguments.addAll(List.of(more));
            ProcessBuilder builder = builder(
                    Map.of("SERVED_KEY", "right-key"),
                    List.of("-jar", jar.toString()),
                    arguments.toArray(String[]::new));
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            BufferedReader ready = process.inputReader();
            String line = ready.readLine();
            if (line == null) {
                throw new IOException("serve ended before it was ready; what it said is on standard error");
            }
            url = line.substring(line.lastIndexOf(' ') + 1);
        }

        String url() {
            return url;
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a file holds that the run wrote. */
    JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(dir.resolve(file).toFile());
    }

    /** The names of the files there that end so. */
    List<String> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    /** How many measured requests a journal has; none before it is there. */
    static int measuredSoFar(Path journal) throws IOException {
        return Files.exists(journal) ? measured(journal).size() : 0;
    }

    /** The lines of a journal that are of measured requests; a torn last line is left out. */
    static List<JsonNode> measured(Path journal) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        String text = Files.readString(journal);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.path("type").asText().equals("request")
                    && !node.path("warmup").asBoolean()) {
                records.add(node);
            }
        }
        return records;
    }

    /** All that runs have written there. */
    String written() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : files("")) {
            text.append(Files.readString(dir.resolve(file)));
        }
        return text.toString();
    }

    /** Ctrl-C. */
    static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> java, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(java);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("COLUMNS", WIDE);
        builder.environment().putAll(environment);
        return builder;
    }

    private static int await(Process process) throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("not ended after " + MINUTES + " minutes");
        }
        return process.exitValue();
    }
}
