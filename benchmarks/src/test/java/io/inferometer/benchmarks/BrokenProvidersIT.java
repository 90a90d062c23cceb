package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.cli.Subcommand;
import io.inferometer.corpus.tokenizer.TokenizerProvider;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar beside providers that are listed and can't be used. */
class BrokenProvidersIT {
    @TempDir
    Path dir;

    @TempDir
    Path classes;

    private Jar jar;

    @BeforeEach
    void listWhatIsNotThere() throws IOException {
        jar = new Jar(dir);
        list(WorkloadBinding.class, "demo.Out_Gone_Workload");
        list(Subcommand.class, "demo.GoneCommand");
        list(TokenizerProvider.class, "demo.GoneTokenizers");
    }

    @Test
    void eachIsNamedOnALineAndEverythingElseGoesOn() throws Exception {
        Jar.Result version = jar.runBeside(classes, "--version");
        Jar.Result run = jar.runBeside(
                classes, "Sample01", "--requests", "2", "-wi", "0", "-f", "1", "--no-client-warmup", "--no-journal");

        assertThat(version.status()).isZero();
        assertThat(version.out()).startsWith("Inferometer ");
        assertThat(version.complaints())
                .containsExactly(
                        "inferometer: demo.Out_Gone_Workload is left out: there is no such class",
                        "inferometer: demo.GoneCommand is left out: there is no such class",
                        "inferometer: demo.GoneTokenizers is left out: there is no such class");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEqualTo(version.err());
    }

    @Test
    void whoAsksForOneIsToldWhyItIsNotThere() throws Exception {
        Jar.Result workload = jar.runBeside(classes, "Out.Gone");
        Jar.Result tokenizer = jar.runBeside(classes, "generate", "--tokenizer-model", "gone");

        assertThat(workload.status()).isEqualTo(2);
        assertThat(workload.complaints())
                .endsWith("inferometer: the workload Out.Gone can't be used: there is no such class");
        assertThat(tokenizer.status()).isEqualTo(2);
        assertThat(tokenizer.complaints().get(3))
                .startsWith("inferometer: ")
                .contains("no tokenizer is named 'gone'; there are: gpt2")
                .endsWith("; demo.GoneTokenizers is left out: there is no such class");
    }

    private void list(Class<?> service, String provider) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider + "\n");
    }
}
