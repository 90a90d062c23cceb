package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.Objective;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {
    @Test
    void namesEachSettingOnce() {
        assertThat(Arrays.stream(Setting.values()).map(Options::name))
                .doesNotHaveDuplicates()
                .contains("-r", "-w", "-i", "-wi", "-rf", "-rff", "--base-url", "--requests-per-slot");
    }

    @ParameterizedTest
    @EnumSource
    void hasATypedMethodForEachSetting(Setting setting) {
        String[] words = setting.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder name = new StringBuilder(words[0].equals("result") ? "result" : words[0]);
        for (int i = 1; i < words.length && !words[0].equals("result"); i++) {
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }

        assertThat(Options.Builder.class.getMethods())
                .extracting(Method::getName)
                .contains(name.toString());
    }

    @Test
    void refusesAVariableThatIsNoneWithoutShowingItsValue() {
        Options.Builder options = Options.of();

        assertThatThrownBy(() -> options.env("sk-1234", "OPENAI_API_KEY"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a variable's name has letters, digits and _ alone");
        assertThatThrownBy(() -> options.env("OPENAI_API_KEY", "sk-\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variable OPENAI_API_KEY must not hold a NUL character");
        assertThatThrownBy(() -> options.env("OPENAI_API_KEY", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variable OPENAI_API_KEY must not be null");
        assertThat(options.env("OPENAI_API_KEY", "sk-1234").build().toString())
                .isEqualTo("Options[workloads=[], excludes=[], settings={}, params={}, resume=,"
                        + " variables=[OPENAI_API_KEY]]");
    }

    @Test
    void keepsResultFilesInOrderAndOtherSettingsByName() {
        Options options = Options.of()
                .result(ResultFormat.JSON, Path.of("a"))
                .result(ResultFormat.CSV, Path.of("b"))
                .seed(6)
                .seed(7)
                .build();

        assertThat(options.texts(Setting.RESULT_FORMAT)).containsExactly("json", "csv");
        assertThat(options.texts(Setting.RESULT_FILE)).containsExactly("a", "b");
        assertThat(options.texts(Setting.SEED)).containsExactly("7");
    }

    @Test
    void writesValuesAsTheCommandLineHasThem() {
        Options options = Options.of("Sample01")
                .concurrency(4, 8)
                .rate(0.5, 1e7)
                .time(Duration.ofMillis(1_500))
                .grace(Duration.ZERO)
                .slo(new Objective(200, 0, 1.5))
                .maxFailures(0.055)
                .jvmArgs("-Xmx1g", "-ea")
                .header("X-Team", "a: b")
                .param("isl", 128, 1024)
                .build();

        assertThat(options.workloads()).containsExactly("Sample01");
        assertThat(options.text(Setting.CONCURRENCY)).contains("4,8");
        assertThat(options.text(Setting.RATE)).contains("0.5,10000000");
        assertThat(options.text(Setting.TIME)).contains("1500ms");
        assertThat(options.text(Setting.GRACE)).contains("0ms");
        assertThat(options.text(Setting.SLO)).contains("e2el=1.5,ttft=200");
        assertThat(options.text(Setting.MAX_FAILURES)).contains("5.5%");
        assertThat(options.text(Setting.JVM_ARGS)).contains("-Xmx1g -ea");
        assertThat(options.text(Setting.HEADER)).contains("X-Team: a: b");
        assertThat(options.params().get("isl")).isEqualTo(List.of("128", "1024"));
    }

    @Test
    void theJournalThatIsNamedLastCounts() {
        assertThat(Options.of().noJournal().journal(Path.of("j")).build().settings())
                .containsOnlyKeys(Setting.JOURNAL);
        assertThat(Options.of().journal(Path.of("j")).noJournal().build().settings())
                .containsOnlyKeys(Setting.NO_JOURNAL);
    }

    @ParameterizedTest
    @MethodSource
    void refusesAValueThatCantBeWithTheValue(Consumer<Options.Builder> change, String message) {
        assertThatThrownBy(() -> change.accept(Options.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> refusesAValueThatCantBeWithTheValue() {
        return Stream.of(
                row(it -> it.concurrency(4, 0), "concurrency must be at least 1, not 0"),
                row(it -> it.concurrency(), "concurrency needs a value"),
                row(it -> it.rate(Double.NaN), "a rate must be above 0 and finite, not NaN"),
                row(it -> it.requests(-3), "requests must be at least 1, not -3"),
                row(it -> it.warmupIterations(-1), "warm-up iterations must be at least 0, not -1"),
                row(it -> it.time(Duration.ZERO), "a time must be above 0, not PT0S"),
                row(it -> it.grace(Duration.ofSeconds(-1)), "a grace must not be negative: PT-1S"),
                row(it -> it.maxFailures(1.5), "a share of failures must be from 0 to 1, not 1.5"),
                row(it -> it.jvmArgs("-Da=b c"), "an option of a JVM must be one word, not '-Da=b c'"),
                row(it -> it.percentiles(99, 100), "a percentile must be above 0 and below 100, not 100.0"),
                row(it -> it.baseUrl(null), "--base-url must not be null"),
                row(it -> it.param("isl", 1, null), "the parameter isl must not be null"),
                row(it -> it.param("isl"), "the parameter isl needs a value"));
    }

    @Test
    void refusesNullWhateverItIsFor() {
        List<Method> methods = Arrays.stream(Options.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .filter(method -> Arrays.stream(method.getParameterTypes()).noneMatch(Class::isPrimitive))
                .toList();

        assertThat(methods)
                .hasSizeGreaterThan(30)
                .allSatisfy(method -> assertThatThrownBy(
                                () -> method.invoke(Options.of(), new Object[method.getParameterCount()]))
                        .cause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageEndingWith(" must not be null"));
    }

    private static Arguments row(Consumer<Options.Builder> change, String message) {
        return Arguments.of(change, message);
    }
}
