package io.inferometer.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import io.inferometer.annotations.Workload;
import io.inferometer.processor.WorkloadProcessor;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of a user's own, compiled by javac against the built jars and run, on the class path and as a module. */
class UsersProjectIT {
    private static final Path JAR = Path.of("target", "benchmarks.jar").toAbsolutePath();

    private static final String HELLO = """
            package demo;

            import io.inferometer.Inferometer;
            import io.inferometer.annotations.*;
            import io.inferometer.workload.*;

            @Workload("grüßt 日本")
            @Endpoint("sim:metronome?ttft=5&itl=1")
            @Model("hello")
            @ClosedLoop(concurrency = 1)
            @Measurement(requests = 3)
            class Hello {
                @Request
                InferenceRequest next(RequestContext context) {
                    return InferenceRequest.chat("Say hello to " + context.id() + ".").maxOutputTokens(4);
                }

                public static void main(String[] args) {
                    Inferometer.main(Hello.class, args);
                }
            }
            """;

    @TempDir
    Path dir;

    private Path out;

    @BeforeEach
    void setUp() {
        out = dir.resolve("out");
    }

    @Test
    void aClassThatImportsBothPackagesWholeIsCompiledAndRuns() throws Exception {
        assertThat(compile(List.of("-cp", JAR.toString()), HELLO)).isEmpty();

        assertRuns("-cp", path(out, JAR), "demo.Hello", "--no-journal");
    }

    @Test
    void theReadmesWorkloadIsCompiledAndRuns() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begin = readme.indexOf("package demo;");
        String workload = readme.substring(begin, readme.indexOf("```", begin));

        assertThat(compile(List.of("-cp", JAR.toString()), workload)).isEmpty();

        assertThat(outputOf("-cp", path(out, JAR), "demo.Hello", "--no-journal"))
                .contains("20 requests in ");
    }

    @Test
    void noEncodingOfTheSourcesBreaksWhatIsGenerated() throws Exception {
        assertThat(compile(List.of("-cp", JAR.toString(), "-encoding", "UTF-16"), HELLO))
                .isEmpty();

        assertRuns("-Dfile.encoding=US-ASCII", "-cp", path(out, JAR), "demo.Hello", "--no-journal");
    }

    @Test
    void aModuleThatProvidesItsWorkloadRunsInForksToo() throws Exception {
        Path libraries = libraries();
        String module = """
                module demo {
                    requires io.inferometer.runtime;

                    provides io.inferometer.workload.binding.WorkloadBinding with demo.Hello_Workload;
                }
                """;

        assertThat(compile(List.of("-p", libraries.toString()), HELLO, module)).isEmpty();

        assertRuns("-p", path(out, libraries), "-m", "demo/demo.Hello", "--no-journal");
        assertRuns("-p", path(out, libraries), "-m", "demo/demo.Hello", "--no-journal", "-f", "2");
    }

    @Test
    void aModuleThatRequiresTheRunnableJarIsToldWhatElseItNeeds() throws Exception {
        String module = """
                module demo {
                    requires io.inferometer.benchmarks;MORE

                    provides io.inferometer.workload.binding.WorkloadBinding with demo.Hello_Workload;
                }
                """;
        List<String> run = List.of("-m", "demo/demo.Hello", "--no-journal", "-f", "1");

        assertThat(compile(List.of("-p", JAR.toString()), HELLO, module.replace("MORE", "")))
                .isEmpty();
        assertThat(outputOf(2, words(run, "-p", path(out, JAR))))
                .isEqualTo("inferometer: this JVM lacks java.net.http, jdk.unsupported: write requires java.net.http;"
                        + " requires jdk.unsupported; in module-info.java, or start java with --add-modules"
                        + " java.net.http,jdk.unsupported\n");
        assertRuns(words(run, "-p", path(out, JAR), "--add-modules", "java.net.http,jdk.unsupported"));

        out = dir.resolve("whole");
        String more = "\n    requires java.net.http;\n    requires jdk.unsupported;";
        assertThat(compile(List.of("-p", JAR.toString()), HELLO, module.replace("MORE", more)))
                .isEmpty();
        assertRuns(words(run, "-p", path(out, JAR)));
    }

    private static String[] words(List<String> last, String... first) {
        return Stream.concat(Stream.of(first), last.stream()).toArray(String[]::new);
    }

    @Test
    void whatACheckThrowsInAForkIsShownWithItsStackTrace() throws Exception {
        String checked = HELLO.replace("    @Request\n", """
                    @Check
                    void check(Answer answer, RequestContext context) {
                        if (context.index() == 1) {
                            throw new IllegalStateException("not this one");
                        }
                    }

                    @Request
                """);
        String[] run = {"-cp", path(out, JAR), "demo.Hello", "--no-journal", "-f", "1", "--max-failures", "50%"};
        assertThat(compile(List.of("-cp", JAR.toString()), checked)).isEmpty();

        assertThat(outputOf(run)).contains("not this one").doesNotContain("\tat ");
        assertThat(outputOf(words(List.of("-v", "EXTRA"), run)))
                .contains("java.lang.IllegalStateException: not this one\n\tat demo.Hello.check(Hello.java:");
    }

    private void assertRuns(String... words) throws Exception {
        assertThat(outputOf(words)).contains("# Workload: Hello (", "3 requests in ");
    }

    /** What a JVM that ended well has said. */
    private String outputOf(String... words) throws Exception {
        return outputOf(0, words);
    }

    /** What a JVM that ended with a status has said. */
    private String outputOf(int status, String... words) throws Exception {
        Path output = dir.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(words));

        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(status);
        return Files.readString(output);
    }

    /** Compiles with every warning on, and returns what the compiler said. */
    private String compile(List<String> options, String... sources) throws IOException {
        int encoding = options.indexOf("-encoding");
        String charset = encoding < 0 ? "UTF-8" : options.get(encoding + 1);
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-Xlint:all,-requires-automatic,-path", "-d", out.toString(), "--processor-path"));
        words.add(path(locationOf(WorkloadProcessor.class), locationOf(Workload.class), locationOf(JavaFile.class)));
        if (encoding < 0) {
            words.addAll(List.of("-encoding", charset));
        }
        for (String source : sources) {
            Path file =
                    dir.resolve("src").resolve(source.startsWith("module ") ? "module-info.java" : "demo/Hello.java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source, Charset.forName(charset));
            words.add(file.toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, words.toArray(String[]::new));
        assertThat(status).as(said.toString(UTF_8)).isZero();
        return said.toString(UTF_8);
    }

    /** A folder with the jars of annotations and runtime, and of all that these need. */
    private Path libraries() throws Exception {
        Path libraries = Files.createDirectory(dir.resolve("libraries"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            boolean isOurs = jar.equals(locationOf(Workload.class)) || jar.equals(locationOf(WorkloadBinding.class));
            if (entry.endsWith(".jar") && (isOurs || !entry.contains("inferometer"))) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
        return libraries;
    }

    private static Path locationOf(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static String path(Path... entries) {
        return Stream.of(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
