package io.inferometer.harness.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.member.APart;
import io.inferometer.harness.member.Part;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.journal.PartsProbe;
import io.inferometer.record.journal.part.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowedFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJournalIsFollowedThroughItsPartsWhileTheyArePacked(boolean killed) throws Exception {
        Path path = directory.resolve("run.journal.jsonl");
        List<Long> followed = new ArrayList<>();
        Process process = PartsProbe.start(path, killed);
        Part part = APart.of(process);

        JournalReader.Ending ending =
                JournalReader.read(path, file -> new FollowedFile(file, part), new JournalReader.Visitor() {
                    @Override
                    public void header(Map<String, Object> run) {}

                    @Override
                    public void request(RequestRecord request) {
                        followed.add(request.endNanos());
                    }
                });

        assertThat(followed)
                .isEqualTo(PartsProbe.records().stream()
                        .map(RequestRecord::endNanos)
                        .toList());
        assertThat(ending.complete()).isEqualTo(!killed);
        assertThat(process.waitFor()).isEqualTo(killed ? 9 : 0);
        assertThat(Parts.found(directory.resolve("run.journal.jsonl.1"))).exists();
        Journal.delete(path);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNeverThereEndsWithItsProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        try (FollowedFile file = new FollowedFile(directory.resolve("none"), APart.of(process))) {
            assertThat(file.read()).isEqualTo(-1);
        }
    }
}
