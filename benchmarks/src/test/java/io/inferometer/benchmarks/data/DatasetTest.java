package io.inferometer.benchmarks.data;

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

class DatasetTest {
    @TempDir
    Path dir;

    private final List<String> notes = new ArrayList<>();
    private final Dataset dataset = new Dataset();

    @BeforeEach
    void writeRequests() throws IOException {
        dataset.format = "custom";
        dataset.file = Files.writeString(dir.resolve("two.jsonl"), "{\"prompt\":\"one\"}\n{\"prompt\":\"two\"}\n")
                .toString();
    }

    @Test
    void forksAndTrialsThatSendItAgainAreTold() throws IOException {
        String told = "the requests of " + dataset.file
                + " are sent more than once, by every trial and fork: an endpoint with a prefix cache knows them then";

        open(0, 1, false);
        assertThat(notes).containsExactly(told);
        notes.clear();
        open(1, 0, false);
        assertThat(notes).containsExactly(told);
    }

    @Test
    void nothingIsToldWhereEachIsSentOnceOrTheSameAreAskedFor() throws IOException {
        open(0, 0, false);
        open(0, 1, true);

        assertThat(notes).isEmpty();
    }

    private void open(int trial, int fork, boolean samePrompts) throws IOException {
        TrialContext context = new TrialContext(
                        trial, fork, "m", "gpt-4o", new Load.AtOnce(), 0, samePrompts, 0, 1, OptionalLong.empty())
                .noting(notes::add);
        dataset.open(context);
        dataset.close(context);
    }
}
