package io.inferometer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the map of packages that CONTRIBUTING.md draws against what the classes really use. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.inferometer");

    /** What each package may use of the others; the JDK, libraries and the annotations are free to all. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("workload", List.of()),
            Map.entry("corpus", List.of()),
            Map.entry("simulator", List.of()),
            Map.entry("plan", List.of("workload")),
            Map.entry("record", List.of()),
            Map.entry("endpoint", List.of("workload", "record")),
            Map.entry("endpoint.nio", List.of("endpoint")),
            Map.entry("load", List.of("plan", "workload", "endpoint", "record")),
            Map.entry("stats", List.of("workload", "record", "corpus")),
            Map.entry("instrument", List.of("plan", "workload", "load", "endpoint", "record", "stats", "simulator")),
            Map.entry("report", List.of("plan", "workload", "record", "stats", "instrument")),
            Map.entry(
                    "harness",
                    List.of(
                            "workload",
                            "corpus",
                            "simulator",
                            "plan",
                            "record",
                            "endpoint",
                            "load",
                            "stats",
                            "instrument",
                            "report")),
            Map.entry(
                    "cli",
                    List.of(
                            "workload",
                            "corpus",
                            "simulator",
                            "plan",
                            "record",
                            "endpoint",
                            "load",
                            "stats",
                            "instrument",
                            "report",
                            "harness"))));

    @Test
    void everyPackageIsOnTheMap() {
        Set<String> packages = CLASSES.stream()
                .map(type -> type.getPackageName().replace("io.inferometer.", ""))
                .filter(name -> !name.equals("annotations"))
                .collect(Collectors.toSet());

        assertThat(packages).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void eachPackageUsesOnlyWhatItMay() {
        MAY_USE.forEach((name, others) -> {
            String[] allowed = Stream.concat(Stream.of(name, "annotations"), others.stream())
                    .map(other -> "io.inferometer." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.inferometer." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.inferometer..").and(not(resideInAnyPackage(allowed))))
                    .because(name + " may use only " + Arrays.toString(allowed))
                    .check(CLASSES);
        });
    }

    @Test
    void noPackagesUseEachOther() {
        SlicesRuleDefinition.slices()
                .matching("io.inferometer.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheEndpointUsesTheJdksHttpClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.inferometer.endpoint")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.inferometer.cli")
                .and()
                .doNotHaveFullyQualifiedName("io.inferometer.simulator.SimulatorMain")
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
                .resideInAnyPackage("io.inferometer.stats", "io.inferometer.workload", "io.inferometer.plan")
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
