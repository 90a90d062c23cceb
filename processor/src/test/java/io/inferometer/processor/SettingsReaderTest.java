package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.annotated;
import static io.inferometer.processor.Sources.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.EnvSpec;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.ResultSpec;
import io.inferometer.workload.binding.WorkloadDescriptor;
import io.inferometer.workload.binding.WorkloadDescriptor.EndpointSpec;
import io.inferometer.workload.binding.WorkloadDescriptor.ModelSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    @Test
    void everySettingMayBeLeftOut() {
        WorkloadDescriptor descriptor = descriptor("");

        assertThat(descriptor.endpoint()).isEqualTo(new EndpointSpec("", "", "", "", Optional.empty()));
        assertThat(descriptor.model()).isEqualTo(new ModelSpec("", ""));
        assertThat(descriptor.env()).isEmpty();
        assertThat(descriptor.limits().objective()).isEmpty();
        assertThat(descriptor.limits().timeout()).isEmpty();
        assertThat(descriptor.results()).isEmpty();
        assertThat(descriptor.forks()).isEqualTo(Forks.NONE);
    }

    @Test
    void everySettingIsRead() {
        WorkloadDescriptor descriptor = descriptor("""
                @Endpoint(value = "https://example.com/v1", path = "/completions", protocol = Protocol.COMPLETIONS, apiKeyEnv = "KEY", auth = "api-key-scheme")
                @Model(value = "m", tokenizer = "gpt-4")
                @Env(name = "CONC", sets = Setting.CONCURRENCY)
                @Slo(tpotMillis = 20.5, e2elMillis = 3000)
                @Timeout(90)
                @Results(file = "r-{timestamp}.json")
                @Fork(value = 2, jvmArgs = "-Xmx1g")
                """);

        assertThat(descriptor.endpoint())
                .isEqualTo(new EndpointSpec(
                        "https://example.com/v1",
                        "/completions",
                        "KEY",
                        "api-key-scheme",
                        Optional.of(Protocol.COMPLETIONS)));
        assertThat(descriptor.model()).isEqualTo(new ModelSpec("m", "gpt-4"));
        assertThat(descriptor.env()).containsExactly(new EnvSpec("CONC", Setting.CONCURRENCY));
        assertThat(descriptor.limits().objective()).contains(new Objective(0, 20.5, 3000));
        assertThat(descriptor.limits().timeout()).contains(Duration.ofSeconds(90));
        assertThat(descriptor.results()).containsExactly(new ResultSpec(ResultFormat.JSON, "r-{timestamp}.json"));
        assertThat(descriptor.forks()).isEqualTo(new Forks(2, "", List.of("-Xmx1g")));
    }

    @Test
    void severalResultsAreReadInTheirOrder() {
        WorkloadDescriptor descriptor = descriptor("""
                @Results(file = "r.json")
                @Results(format = ResultFormat.CSV, file = "r.csv")
                """);

        assertThat(descriptor.results())
                .containsExactly(
                        new ResultSpec(ResultFormat.JSON, "r.json"), new ResultSpec(ResultFormat.CSV, "r.csv"));
    }

    @Test
    void aClassThatDeclaresResultsReplacesThoseOfItsSuperclass() {
        WorkloadDescriptor replaced = assertNoMistakes(
                        file("""
                        @Workload @Results(file = "c") class Chat extends Base {}
                        @Results(file = "a") @Results(file = "b")
                        """ + LOAD + MEASUREMENT + " class Base { " + REQUEST + " }"))
                .binding("p.Chat_Workload")
                .descriptor();

        assertThat(replaced.results()).containsExactly(new ResultSpec(ResultFormat.JSON, "c"));
    }

    @Test
    void aResultFileIsDeclaredOnceEachAtItsLine() {
        assertMistakes(
                annotated("""
                        @Results(file = "r.json")
                        @Results(format = ResultFormat.SUMMARY, file = »"r.json")
                        @Results(file = »"{time}.json")
                        """),
                "[inferometer:duplicate-result] A result file is written once, but r.json is declared twice: one result"
                        + " would replace the other. Name another file.",
                "[inferometer:result-placeholder] The file of @Results knows the placeholder {timestamp}, not {time}: it"
                        + " would become part of the file's name. Write {timestamp}, or remove the braces.");
    }

    @Test
    void aClassThatDeclaresVariablesReplacesThoseOfItsSuperclass() {
        String base = "@Env(name = \"A\", sets = Setting.MODEL) @Env(name = \"B\", sets = Setting.SEED) " + LOAD
                + MEASUREMENT + " class Base { " + REQUEST + " }\n";

        WorkloadDescriptor replaced = assertNoMistakes(
                        file("@Workload @Env(name = \"C\", sets = Setting.URL) class Chat extends Base {}\n" + base))
                .binding("p.Chat_Workload")
                .descriptor();
        WorkloadDescriptor inherited = assertNoMistakes(file("@Workload class Chat extends Base {}\n" + base))
                .binding("p.Chat_Workload")
                .descriptor();

        assertThat(replaced.env()).containsExactly(new EnvSpec("C", Setting.URL));
        assertThat(inherited.env()).containsExactly(new EnvSpec("A", Setting.MODEL), new EnvSpec("B", Setting.SEED));
    }

    @Test
    void anEndpointIsAUrl() {
        assertMistakes(
                annotated("@Endpoint(»\"localhost:8000\")"),
                "[inferometer:endpoint-url] An endpoint is sim:PROFILE, or an http or https URL, not \"localhost:8000\":"
                        + " it does not start with http:// or https://. Write it like https://example.com/v1 or"
                        + " sim:metronome?ttft=50&itl=10.");
    }

    @Test
    void aPasswordIsNotRepeatedInTheError() {
        assertMistakes(
                annotated("@Endpoint(»\"https://me:secret@example.com\")"),
                "[inferometer:endpoint-user] An endpoint's URL has no user or password, but that of Chat has: URLs stand"
                        + " in every result. Remove what stands before the @, and name the variable that holds the key in"
                        + " apiKeyEnv.");
    }

    @Test
    void anEndpointIsAskedInOneProtocol() {
        assertMistakes(
                annotated("@Endpoint(value = \"sim:metronome\", protocol = »{Protocol.CHAT, Protocol.MESSAGES})"),
                "[inferometer:protocol] An endpoint is asked in one protocol, not in 2. Write one of them, and give"
                        + " --protocol at the run for another.");
    }

    @Test
    void thePathIsAPath() {
        assertMistakes(
                annotated("@Endpoint(value = \"sim:metronome\", path = »\"https://example.com/v1\")"),
                "[inferometer:endpoint-path] The path of @Endpoint is a path below its URL, not"
                        + " \"https://example.com/v1\": it is a whole URL. Write it like /v1/completions.");
    }

    @Test
    void whatCarriesTheKeyIsAWord() {
        assertMistakes(
                annotated("@Endpoint(value = \"sim:metronome\", auth = »\"Bearer: \")"),
                "[inferometer:auth] The auth of @Endpoint is one word, not \"Bearer: \": it names what carries the key."
                        + " Write bearer, api-key-scheme, or the name of a header, like x-api-key.");
    }

    @Test
    void aKeyInPlaceOfItsVariableIsNotRepeatedInTheError() {
        assertMistakes(
                annotated("@Endpoint(value = \"https://example.com\", apiKeyEnv = »\"sk-12345\")"),
                "[inferometer:api-key-name] The apiKeyEnv of @Endpoint names an environment variable, and what is written"
                        + " is no such name: a key itself is never declared. Write the name of the variable that holds"
                        + " it, like OPENAI_API_KEY; if a key was written, replace it with a new one.");
    }

    @Test
    void theVariableOfTheKeySetsNothingElse() {
        assertMistakes(
                annotated("@Endpoint(value = \"https://example.com\", apiKeyEnv = \"KEY\")"
                        + " @Env(name = »\"KEY\", sets = Setting.MODEL)"),
                "[inferometer:key-as-value] A variable that holds the API key holds nothing else, but KEY is read by @Env"
                        + " for MODEL too: such values are printed in every result. Name another variable.");
    }

    @Test
    void aModelHasAName() {
        assertMistakes(
                annotated("@Model(»\" \")"),
                "[inferometer:model] The name of a model is not empty: requests ask for it. Write the model's name as the"
                        + " endpoint knows it, or remove @Model and give --model.");
    }

    @Test
    void aVariableHasAPlausibleName() {
        assertMistakes(
                annotated("@Env(name = »\"$CONC\", sets = Setting.CONCURRENCY)"),
                "[inferometer:variable-name] @Env for CONCURRENCY names an environment variable, but \"$CONC\" is no such"
                        + " name: it has letters, digits and _, and does not start with a digit. Write it like"
                        + " NUM_PROMPTS.");
    }

    @Test
    void amongRepeatedAnnotationsTheRightOneIsPointedAt() {
        assertMistakes(
                annotated("""
                        @Env(name = "A", sets = Setting.URL)
                        @Env(name = »"1", sets = Setting.MODEL)
                        @Env(sets = Setting.SEED, name = »"")
                        """),
                "[inferometer:variable-name] @Env for MODEL names an environment variable, but \"1\" is no such name: it"
                        + " has letters, digits and _, and does not start with a digit. Write it like NUM_PROMPTS.",
                "[inferometer:variable-name] @Env for SEED names an environment variable, but \"\" is no such name: it"
                        + " has letters, digits and _, and does not start with a digit. Write it like NUM_PROMPTS.");
    }

    @Test
    void inAWrittenContainerTheRightOneIsPointedAt() {
        assertMistakes(
                annotated(
                        "@Env.List({@Env(name = \"A\", sets = Setting.URL), @Env(name = »\"1\", sets = Setting.MODEL)})"),
                "[inferometer:variable-name] @Env for MODEL names an environment variable, but \"1\" is no such name: it"
                        + " has letters, digits and _, and does not start with a digit. Write it like NUM_PROMPTS.");
    }

    @Test
    void aVariableSetsOneOption() {
        assertMistakes(
                annotated("@Env(name = \"A\", sets = Setting.URL) @Env(name = »\"A\", sets = Setting.MODEL)"),
                "[inferometer:duplicate-variable] A variable sets one option, but A is declared twice: it would set URL"
                        + " and MODEL. Remove one @Env, or name another variable.");
    }

    @Test
    void objectivesHaveALimit() {
        assertMistakes(
                annotated("»@Slo"),
                "[inferometer:empty-slo] @Slo sets at least one limit, but it sets none: every request would meet it. Add"
                        + " ttftMillis, tpotMillis or e2elMillis, or remove @Slo.");
    }

    @Test
    void aLimitIsANumberOfMilliseconds() {
        assertMistakes(
                annotated("@Slo(ttftMillis = »-1, tpotMillis = Double».NaN, e2elMillis = Double».POSITIVE_INFINITY)"),
                "[inferometer:slo-limit] ttftMillis of @Slo is a finite number of milliseconds, 0 or more, not -1.0: no"
                        + " request could be judged by it. Write a positive number, or leave it out for no limit.",
                "[inferometer:slo-limit] tpotMillis of @Slo is a finite number of milliseconds, 0 or more, not NaN: no"
                        + " request could be judged by it. Write a positive number, or leave it out for no limit.",
                "[inferometer:slo-limit] e2elMillis of @Slo is a finite number of milliseconds, 0 or more, not Infinity:"
                        + " no request could be judged by it. Write a positive number, or leave it out for no limit.");
    }

    @Test
    void aNumberOfForksIsNotNegative() {
        assertMistakes(
                annotated("@Fork(»-1)"),
                "[inferometer:forks] A number of forks is 0 or more, not -1: each is a JVM. Write 0 for none.");
    }

    @Test
    void aTimeoutIsPositive() {
        assertMistakes(
                annotated("@Timeout(»0)"),
                "[inferometer:timeout] A timeout is above 0, not 0: every request would fail. Write 1 or more.");
    }

    @Test
    void aTimeoutCanBeCountedInNanoseconds() {
        assertMistakes(
                annotated("@Timeout(value = »10_000_000_000L)"),
                "[inferometer:too-long] A timeout is at most 292 years, not 10000000000 SECONDS: time is counted in"
                        + " nanoseconds of 64 bits. Write less, or another unit.");
    }

    @Test
    void aResultFileHasAName() {
        assertMistakes(
                annotated("@Results(file = »\"\")"),
                "[inferometer:result-file] The file of @Results is a path, not \"\": there is nothing to write to. Write"
                        + " it like results-{timestamp}.json.");
    }

    @Test
    void aResultFileHasNoPlaceholderButTheTimestamp() {
        assertMistakes(
                annotated("@Results(file = »\"{model}-{timestamp}.json\")"),
                "[inferometer:result-placeholder] The file of @Results knows the placeholder {timestamp}, not {model}: it"
                        + " would become part of the file's name. Write {timestamp}, or remove the braces.");
    }

    private static WorkloadDescriptor descriptor(String annotations) {
        return assertNoMistakes(annotated(annotations))
                .binding("p.Chat_Workload")
                .descriptor();
    }
}
