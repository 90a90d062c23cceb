package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.workload.Load;
import io.inferometer.workload.TrialContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts of a corpus that are sent again, which an endpoint's prefix cache knows. */
class BatchTest {
    @TempDir
    Path dir;

    private final List<String> notes = new ArrayList<>();
    private Batch batch;

    @BeforeEach
    void writeCorpus() throws IOException {
        batch = new Batch();
        batch.input = "";
        batch.output = "";
        batch.requestsFile =
                Files.writeString(dir.resolve("c.txt"), "one\ntwo\nthree\n").toString();
    }

    private void setUp(int trial, int fork, boolean samePrompts, int iterations, OptionalLong requests)
            throws IOException {
        notes.clear();
        batch.readPrompts(
                new TrialContext(trial, fork, "m", "", new Load.AtOnce(), 0, samePrompts, 0, iterations, requests)
                        .noting(notes::add));
    }

    @Test
    void iterationsThatSendItAgainAreTold() throws IOException {
        setUp(0, 0, false, 2, OptionalLong.empty());

        assertThat(notes)
                .containsExactly(
                        "the prompts of " + batch.requestsFile
                                + " are sent more than once, by every iteration: an endpoint with a prefix cache knows them then");
    }

    @Test
    void trialsAndForksThatSendItAgainAreTold() throws IOException {
        String told = "the prompts of " + batch.requestsFile
                + " are sent more than once, by every trial and fork: an endpoint with a prefix cache knows them then;"
                + " --cache-marker trial gives each words of its own";

        setUp(0, 1, false, 1, OptionalLong.empty());
        assertThat(notes).containsExactly(told);
        setUp(1, 0, false, 1, OptionalLong.of(2));
        assertThat(notes).containsExactly(told);
    }

    @Test
    void nothingIsToldWhereEachIsSentOnceOrTheSameAreAskedFor() throws IOException {
        setUp(0, 0, false, 1, OptionalLong.empty());
        assertThat(notes).isEmpty();
        setUp(0, 0, false, 3, OptionalLong.of(1));
        assertThat(notes).isEmpty();
        setUp(0, 1, true, 1, OptionalLong.empty());
        assertThat(notes).isEmpty();
    }
}
