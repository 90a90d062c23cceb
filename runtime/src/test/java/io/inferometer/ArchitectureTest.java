package io.inferometer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the map of packages that CONTRIBUTING.md draws against what the classes really use. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.inferometer");

    private static final String ROOT = "io.inferometer";
    private static final int MOST_FILES = 20;

    /**
     * What each subject, a package with all that is below it, may use of the others; the JDK, libraries and the
     * annotations are free to all. Within a subject there may be no cycle.
     */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            row("", "*"),
            row("workload"),
            row("service"),
            row("corpus", "service"),
            row("secret"),
            row("record"),
            row("simulator"),
            row("plan", "workload", "secret", "service", "judge", "stats"),
            row("endpoint", "workload", "record", "secret"),
            row("scrape", "record", "secret", "endpoint"),
            row("load", "plan", "workload", "endpoint", "record"),
            row("stats", "workload", "record", "corpus"),
            row("judge", "stats"),
            row("instrument", "plan", "workload", "load", "endpoint", "record", "stats", "simulator"),
            row("report", "plan", "workload", "record", "stats", "judge", "instrument"),
            row(
                    "harness",
                    "workload",
                    "corpus",
                    "secret",
                    "plan",
                    "record",
                    "judge",
                    "endpoint",
                    "scrape",
                    "service",
                    "load",
                    "stats",
                    "simulator",
                    "instrument",
                    "report"),
            row("cli", "*")));

    /** What each package of a report may use of the others: a medium no other, but what it shows. */
    private static final Map<String, List<String>> REPORT_MAY_USE = new TreeMap<>(Map.ofEntries(
            row("report.finding"),
            row("report.text"),
            row("report.member"),
            row("report.header", "report.text"),
            row("report.search", "report.header", "report.text"),
            row("report", "report.header", "report.member", "report.text", "report.search"),
            medium("report.file"),
            medium("report.json", "report.finding", "report.file", "report.gate", "report.compare"),
            medium("report.csv", "report.file"),
            medium("report.prometheus", "report.file"),
            medium("report.html", "report.file", "report.json", "report.gate", "report.compare"),
            medium("report.gate"),
            medium("report.compare", "report.file", "report.gate"),
            medium("report.chart", "report.file", "report.compare"),
            medium("report.imported"),
            medium("report.console.page"),
            medium("report.console.progress", "report.gate"),
            medium("report.console.server", "report.console.page"),
            medium("report.console.session"),
            medium("report.console.trace", "report.console.page"),
            medium(
                    "report.console",
                    "report.compare",
                    "report.gate",
                    "report.imported",
                    "report.console.page",
                    "report.console.progress",
                    "report.console.server",
                    "report.console.session",
                    "report.console.trace"),
            medium(
                    "report.output",
                    "report.file",
                    "report.json",
                    "report.csv",
                    "report.chart",
                    "report.compare",
                    "report.html",
                    "report.prometheus"),
            medium("report.journal", "report.console", "report.output")));

    /** Where bytes become values, or values bytes. */
    private static final List<String> USE_JACKSON = List.of(
            "corpus.dataset",
            "corpus.talk.file",
            "corpus.talk.json",
            "corpus.trace",
            "endpoint",
            "endpoint.batch",
            "endpoint.protocol",
            "endpoint.request",
            "plan.resolve",
            "record.journal",
            "record.journal.json",
            "report.csv",
            "report.header",
            "report.html",
            "report.imported",
            "report.json",
            "scrape",
            "simulator.batch",
            "simulator.protocol");

    private static Map.Entry<String, List<String>> row(String name, String... others) {
        return Map.entry(name, List.of(others));
    }

    /** What may use all that tells of a run, and some others. */
    private static Map.Entry<String, List<String>> medium(String name, String... others) {
        return Map.entry(
                name,
                Stream.concat(
                                Stream.of("report", "report.header", "report.member", "report.text", "report.search"),
                                Stream.of(others))
                        .toList());
    }

    @Test
    void everySubjectIsOnTheMap() {
        Set<String> subjects = CLASSES.stream()
                .map(type -> name(type).replaceFirst("\\..*", ""))
                .filter(name -> !name.equals("annotations"))
                .collect(Collectors.toSet());

        assertThat(subjects).isSubsetOf(MAY_USE.keySet());
        assertThat(MAY_USE.keySet()).allMatch(name -> name.isEmpty() || subjects.contains(name));
    }

    @Test
    void eachPackageUsesOnlyWhatItMay() {
        assertThat(uses(use -> !may(subject(use.from()), subject(use.to()), MAY_USE)))
                .isEmpty();
    }

    @Test
    void eachMediumOfAReportUsesOnlyWhatItMay() {
        assertThat(uses(use -> subject(use.from()).equals("report")
                        && subject(use.to()).equals("report")
                        && !may(use.from(), use.to(), REPORT_MAY_USE)))
                .isEmpty();
    }

    private static boolean may(String from, String to, Map<String, List<String>> table) {
        List<String> others = table.getOrDefault(from, List.of());
        return from.equals(to) || others.contains(to) || others.contains("*");
    }

    @Test
    void noPackagesUseEachOther() {
        List<Use> left = uses(use -> true);
        int before;
        do {
            before = left.size();
            Set<String> using = left.stream().map(Use::from).collect(Collectors.toSet());
            left = left.stream().filter(use -> using.contains(use.to())).toList();
        } while (left.size() < before);

        assertThat(left).as("uses on a way back to where it began").isEmpty();
    }

    /** The uses of one package by another in which something is true. */
    private static List<Use> uses(Predicate<Use> trait) {
        return CLASSES.stream()
                .filter(type -> !type.getPackageName().equals(ROOT + ".annotations"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(use -> new Use(use.getOriginClass(), use.getTargetClass()))
                .filter(use -> use.target().getPackageName().startsWith(ROOT))
                .filter(use -> !use.to().equals("annotations") && !use.to().equals(use.from()))
                .filter(trait)
                .distinct()
                .toList();
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(Math.min(type.getPackageName().length(), ROOT.length() + 1));
    }

    private static String subject(String name) {
        return name.replaceFirst("\\..*", "");
    }

    /** A class uses one of another package. */
    private record Use(JavaClass origin, JavaClass target) {
        String from() {
            return name(origin);
        }

        String to() {
            return name(target);
        }

        @Override
        public String toString() {
            return origin.getName() + " uses " + target.getName();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"processor", "runtime", "benchmarks", "extensions/huggingface", "extensions/cluster"})
    void noPackageIsALongList(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));

            assertThat(sizes)
                    .isNotEmpty()
                    .allSatisfy((name, size) -> assertThat(size).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    @Test
    void onlyTheEndpointAndWhatReadsServersMetricsUseTheJdksHttpClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.inferometer.endpoint..", "io.inferometer.scrape")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(CLASSES);
    }

    @Test
    void jsonIsReadAndWrittenOnlyWhereBytesBecomeValues() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        USE_JACKSON.stream().map(name -> ROOT + "." + name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.inferometer.cli")
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(CLASSES);
    }

    @Test
    void nothingUsesJmhOrReflection() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.openjdk.jmh..", "java.lang.reflect..")
                .check(CLASSES);
    }

    @Test
    void statisticsKnowNoClockNoFileAndNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage("io.inferometer.stats..", "io.inferometer.workload..", "io.inferometer.plan..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CLASSES);
    }
}
