package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint is sent by the ready workloads: a prompt that it has seen is answered from its prefix cache. */
@Execution(ExecutionMode.CONCURRENT)
class OwnPromptsIT {
    private static final String PRE_FLIGHT = "Before a measurement";

    @TempDir
    Path dir;

    /** In 2 trials of each choice of parameters, of 2 iterations and a warm-up. */
    @ParameterizedTest
    @CsvSource({
        "Sample01, 1, gpt2",
        "Sample02, 1, gpt-oss",
        "Sample03, 1, gpt2",
        "Sample04, 2, gpt2",
        "Sample05, 1, gpt2",
        "Sample06, 1, gpt2",
        "Sample07, 1, gpt2",
        "Sample08, 1, gpt2",
        "GptOssBaseten, 1, gpt-oss",
        "Batch, 1, gpt2"
    })
    void noPromptIsSentTwiceAndTrialsHaveTheSameLengths(String workload, int choices, String tokenizer)
            throws Exception {
        List<String> prompts = run(workload, "--requests", "6");

        assertOwn(prompts, choices, 1, tokenizer);
    }

    /** The same, each trial in 2 forks. */
    @ParameterizedTest
    @CsvSource({"Sample01, gpt2", "GptOssBaseten, gpt-oss", "Batch, gpt2"})
    void neitherIsItInForksWhoseLengthsAreTheSameToo(String workload, String tokenizer) throws Exception {
        List<String> prompts = run(workload, "--requests", "6", "-f", "2");

        assertOwn(prompts, 1, 2, tokenizer);
    }

    @ParameterizedTest
    @CsvSource({"Completions, 1, 2", "Responses, 1, 1", "Messages, 1, 1", "Embeddings, 3, 1", "Rerank, 2, 1"})
    void noBodyOfAnotherProtocolIsSentTwice(String workload, int choices, int forks) throws Exception {
        List<String> bodies = run(workload, "--requests", "6", "-f", forks > 1 ? "2" : "0");

        assertThat(bodies).doesNotHaveDuplicates();
        assertThat(ofWorkload(bodies)).hasSize(choices * 2 * forks * (3 + 2 * 6));
    }

    @ParameterizedTest
    @CsvSource({"Sample01", "GptOssBaseten"})
    void ifWantedTheTrialsAndForksSendTheSame(String workload) throws Exception {
        List<String> prompts = run(workload, "--requests", "6", "-f", "2", "--same-prompts");

        assertThat(counted(ofWorkload(prompts), Function.identity()).values())
                .hasSize(3 + 2 * 6)
                .containsOnly(4L);
    }

    @Test
    void noPromptIsSentTwiceWithTheExtentsOfTheWorkloadItself() throws Exception {
        List<String> prompts = run("GptOssBaseten");

        assertThat(prompts).doesNotHaveDuplicates();
        assertThat(ofWorkload(prompts)).hasSize(2 * 3 + 2 * 10 + 2 * 20);
    }

    private static void assertOwn(List<String> prompts, int choices, int forks, String tokenizer) {
        assertThat(prompts).doesNotHaveDuplicates();
        List<String> own = ofWorkload(prompts);
        assertThat(own).hasSize(choices * 2 * forks * (3 + 2 * 6));
        Tokenizer counting = Tokenizers.of(tokenizer);
        assertThat(counted(own, counting::count).values()).allMatch(alike -> alike % (2 * forks) == 0);
    }

    private List<String> run(String workload, String... more) throws Exception {
        try (RecordingServer server = new RecordingServer()) {
            List<String> arguments = new ArrayList<>(List.of(workload, "--concurrency", "1,2", "-i", "2"));
            arguments.addAll(List.of("-wi", "1", "--warmup-requests", "3", "--base-url", server.url()));
            arguments.addAll(List.of("--no-client-warmup", "--calibrate", "off", "--max-failures", "100%"));
            arguments.addAll(List.of(more));
            Jar.Result result = new Jar(dir).run(arguments.toArray(String[]::new));

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out().contains("# Prompts: the same in all trials and forks"))
                    .isEqualTo(arguments.contains("--same-prompts"));
            return List.copyOf(server.prompts());
        }
    }

    private static List<String> ofWorkload(List<String> prompts) {
        return prompts.stream().filter(prompt -> !prompt.contains(PRE_FLIGHT)).toList();
    }

    private static <K> Map<K, Long> counted(List<String> prompts, Function<String, K> what) {
        return prompts.stream().collect(Collectors.groupingBy(what, Collectors.counting()));
    }
}
