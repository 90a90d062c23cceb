package io.inferometer.benchmarks.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import io.inferometer.annotations.Workload;
import io.inferometer.processor.WorkloadProcessor;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every whole class in a fenced block of docs is compiled against the runnable jar, the processor's checks included. */
class DocCodeIT {
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(package .*?)```");
    private static final Pattern NAME = Pattern.compile("public (?:final )?class (\\w+)");
    private static final Path JAR = Path.of("target", "benchmarks.jar").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void eachClassIsCompiled() throws Exception {
        List<String> words = new ArrayList<>(List.of("-Xlint:all,-processing", "-Werror", "-d", directory.toString()));
        words.addAll(List.of("-cp", JAR.toString(), "--processor-path"));
        words.add(path(WorkloadProcessor.class, Workload.class, JavaFile.class));
        int classes = 0;
        for (Page page : Page.all()) {
            for (String source : sources(page)) {
                Matcher name = NAME.matcher(source);
                assertThat(name.find()).as(source).isTrue();
                Path file =
                        directory.resolve(page.file().getFileName() + "-java").resolve(name.group(1) + ".java");
                Files.createDirectories(file.getParent());
                words.add(Files.writeString(file, source).toString());
                classes++;
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, words.toArray(String[]::new));

        assertThat(status).as(said.toString(UTF_8)).isZero();
        assertThat(classes).isGreaterThanOrEqualTo(7);
    }

    private static List<String> sources(Page page) throws Exception {
        return BLOCK.matcher(Files.readString(page.file()))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String path(Class<?>... types) {
        return Stream.of(types)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
