package io.inferometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.batch.JobOptions;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModuleExportsTest {
    private static final Pattern EXPORTED = Pattern.compile("exports (io\\.inferometer[a-z.]*);");
    private static final Pattern UNPUBLISHED = Pattern.compile("<javadoc\\.excluded>([^<]*)</javadoc\\.excluded>");
    private static final Pattern OURS = Pattern.compile("io\\.inferometer\\.[\\w.$]+");

    @Test
    void allThatAResultAndWhatIsToldOfItAreMadeOfIsExported() throws Exception {
        Set<String> packages = new TreeSet<>();
        for (Class<?> type : madeOf(List.of(
                RunResult.class,
                JobResult.class,
                JobOptions.class,
                RunReport.class,
                RunHeader.class,
                IterationReport.class,
                RequestRecord.class,
                RequestMetrics.class,
                Findings.class))) {
            packages.add(type.getPackageName());
        }

        packages.remove("io.inferometer.annotations");
        assertThat(packages).contains("io.inferometer.stats.token").isSubsetOf(exported());
    }

    @Test
    void thePublishedJavadocIsThatOfTheExportedPackages() throws Exception {
        Path sources = Path.of("src/main/java");
        Set<String> published;
        try (Stream<Path> files = Files.walk(sources)) {
            published = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Matcher excluded = UNPUBLISHED.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(excluded.find()).isTrue();
        for (String name : excluded.group(1).strip().split(":\\s*")) {
            assertThat(published.remove(name)).as(name + " is there").isTrue();
        }

        assertThat(published).isEqualTo(exported());
    }

    /** The types of records' components, and of theirs, with all that a sealed one may be. */
    private static Set<Class<?>> madeOf(List<Class<?>> roots) throws ClassNotFoundException {
        Set<Class<?>> found = new LinkedHashSet<>();
        Deque<Class<?>> left = new ArrayDeque<>(roots);
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            if (!found.add(type)) {
                continue;
            }
            if (type.isSealed()) {
                left.addAll(List.of(type.getPermittedSubclasses()));
            }
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    String name = component.getGenericType().getTypeName();
                    for (MatchResult ours : OURS.matcher(name).results().toList()) {
                        left.add(Class.forName(ours.group()));
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> exported() throws IOException {
        return EXPORTED.matcher(Files.readString(Path.of("src/main/module/module-info.java")))
                .results()
                .map(export -> export.group(1))
                .collect(Collectors.toSet());
    }
}
