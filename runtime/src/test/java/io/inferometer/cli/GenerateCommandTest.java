package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.corpus.CorpusPrompt;
import io.inferometer.corpus.dataset.PromptFile;
import io.inferometer.corpus.tokenizer.TokenizerProvider;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private final CommandLineRun line = new CommandLineRun();

    @TempDir
    Path dir;

    @AfterEach
    void forgetTheToken() {
        System.clearProperty(TokenizerProvider.HUB_TOKEN);
    }

    @Test
    void writesTheFileThatItsNameTellsOf() throws IOException {
        int status = generate(
                "--count", "20",
                "--prefix-overlap", "0.3",
                "--approx-input-tokens", "512",
                "--tokenizer-model", "gpt-3.5-turbo");

        assertThat(status).isZero();
        assertThat(line.err()).isEmpty();
        Path file = dir.resolve("requests_count-20_tokens-512_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl");
        assertThat(files()).containsExactly(file);
        assertThat(line.out())
                .isEqualTo(file + ": 20 prompts of 512 tokens, mean 512.0; overlap 30.1 %; 10,240 tokens in 0.0 s\n");
        assertThat(PromptFile.read(file).prompts())
                .extracting(CorpusPrompt::text)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        text -> assertThat(Tokenizers.of("gpt-4").count(text)).isBetween(487, 537));
    }

    @Test
    void makesAHundredPromptsOfGpt2WhereNothingIsAsked() {
        int status = generate();

        assertThat(status).isZero();
        assertThat(line.out())
                .startsWith(dir.resolve("requests_count-100_tokens-128_prefix-0p00_tokenizer-gpt2.jsonl")
                        + ": 100 prompts of ");
    }

    @Test
    void leavesAFileThatExistsAsItIs() throws IOException {
        Path file = dir.resolve("requests_count-2_tokens-8_prefix-0p00_tokenizer-gpt2.jsonl");
        Files.writeString(file, "mine");

        int status = generate("--count", "2", "--approx-input-tokens", "8");

        assertThat(status).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: " + file + " exists; --force replaces it\n");
        assertThat(file).hasContent("mine");
    }

    @Test
    void looksForTheFileBeforeItLooksForTheTokenizer() throws IOException {
        Path file = dir.resolve("requests_count-2_tokens-8_prefix-0p00_tokenizer-nobody.jsonl");
        Files.writeString(file, "mine");

        generate("--count", "2", "--approx-input-tokens", "8", "--tokenizer-model", "nobody");

        assertThat(line.err()).isEqualTo("inferometer: " + file + " exists; --force replaces it\n");
    }

    @Test
    void replacesAFileWhereItIsForced() throws IOException {
        Path file = dir.resolve("requests_count-2_tokens-8_prefix-0p00_tokenizer-gpt2.jsonl");
        Files.writeString(file, "mine");

        int status = generate("--count", "2", "--approx-input-tokens", "8", "--force");

        assertThat(status).isZero();
        assertThat(PromptFile.read(file).size()).isEqualTo(2);
    }

    @Test
    void sharesTheBeginningOfATextOfOnesOwn() throws IOException {
        Path own = dir.resolve("own.txt");
        Files.writeString(own, "You are the keeper of a lighthouse, and answer in the manner of keepers, briefly.\n");

        int status = generate(
                "--count", "2",
                "--approx-input-tokens", "40",
                "--prefix-overlap", "0.25",
                "--prefix-text", own.toString());

        assertThat(status).isZero();
        assertThat(PromptFile.read(dir.resolve("requests_count-2_tokens-40_prefix-0p25_tokenizer-gpt2.jsonl"))
                        .prompts())
                .allMatch(prompt -> prompt.text().startsWith("You are the keeper of a lighthouse, and answer"));
    }

    @Test
    void saysInALineWhatCantBe() {
        assertComplaint("--count many is not a whole number", "--count", "many");
        assertComplaint("a corpus of 0 prompts can't be made; 1 is the fewest", "--count", "0");
        assertComplaint("--approx-input-tokens 99999999999 is too large", "--approx-input-tokens", "99999999999");
        assertComplaint("a prompt of -1 tokens can't be made; from 1 to 10000000 can", "--approx-input-tokens", "-1");
        assertComplaint("--prefix-overlap 30% is not a share from 0 to 1, such as 0.3", "--prefix-overlap", "30%");
        assertComplaint(
                "an overlap of 30.0 means nothing; it is the share of tokens that prompts have in common, from 0 to 1",
                "--prefix-overlap",
                "30");
        assertComplaint("--token-tolerance x is not a whole number", "--token-tolerance", "x");
        assertComplaint("--seed 1.5 is not a whole number", "--seed", "1.5");
        assertComplaint("--prefix-text gone.txt: there is no such file", "--prefix-text", "gone.txt");
        assertComplaint(
                "no tokenizer is named 'llama'; there are: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o, gpt-oss, test:NAME",
                "--tokenizer-model",
                "llama");
        assertComplaint("there is no option --prefix; did you mean --prefix-text?", "--prefix", "0.3");
    }

    @Test
    void wantsADirectoryToWriteTo() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");

        int status = line.run("generate", "--output", file.toString());

        assertThat(status).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: --output " + file + " is a file; name a directory\n");
    }

    @Test
    void warnsOfAKeyThatEverybodyCanSeeAndNeverShowsIt() {
        int status = generate("--count", "1", "--huggingface-token", "hf_0123456789");

        assertThat(status).isZero();
        assertThat(line.err())
                .isEqualTo("inferometer: warning: everybody on this machine can see --huggingface-token; set"
                        + " HUGGINGFACE_TOKEN instead\n");
        assertThat(line.out()).doesNotContain("hf_0123456789");
        assertThat(System.getProperty(TokenizerProvider.HUB_TOKEN)).isEqualTo("hf_0123456789");
    }

    @Test
    void takesTheKeyFromTheFirstVariableThatHasOne() {
        line.env("HUGGINGFACE_TOKEN", "").env("HUGGING_FACE_HUB_TOKEN", "hf_second");

        generate("--count", "1");

        assertThat(line.err()).isEmpty();
        assertThat(System.getProperty(TokenizerProvider.HUB_TOKEN)).isEqualTo("hf_second");
    }

    private void assertComplaint(String complaint, String... arguments) {
        CommandLineRun run = new CommandLineRun();
        String[] all = Stream.concat(Stream.of("generate", "--output", dir.toString()), Stream.of(arguments))
                .toArray(String[]::new);

        int status = run.run(all);

        assertThat(run.err()).isEqualTo("inferometer: " + complaint + "\n");
        assertThat(status).isEqualTo(2);
    }

    private int generate(String... arguments) {
        return line.run(Stream.concat(Stream.of("generate", "--output", dir.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Stream<Path> files() throws IOException {
        return Files.list(dir);
    }
}
