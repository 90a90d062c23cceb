package io.inferometer.record.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.part.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPartsTest {
    private static final Map<String, Object> RUN = Map.of("seed", 7);
    private static final long PART_BYTES = 20_000;

    @TempDir
    Path directory;

    private Path path;

    private final List<RequestRecord> written =
            Stream.generate(new RandomRecords(4)::next).limit(60).toList();

    @BeforeEach
    void namesTheJournal() {
        path = directory.resolve("run.journal.jsonl");
    }

    @Test
    void goesOnInPartsThatArePackedAndIsReadAsOne() throws IOException {
        writeAll();

        assertReadsAll();
        assertThat(files())
                .contains("run.journal.jsonl", "run.journal.jsonl.1.gz", "run.journal.jsonl.2.gz")
                .allMatch(
                        name -> name.equals("run.journal.jsonl") || name.matches("run\\.journal\\.jsonl\\.\\d+\\.gz"));
        assertThat(Files.size(path)).isLessThan(2 * PART_BYTES);
        List<String> lines = Files.readAllLines(path);
        assertThat(lines)
                .contains("{\"type\":\"part\",\"file\":\"run.journal.jsonl.1\"}")
                .endsWith("{\"type\":\"end\",\"complete\":true,\"reason\":\"\"}");
    }

    @Test
    void aPartIsAJournalByItself() throws IOException {
        writeAll();

        ReadJournal part = ReadJournal.of(part(2));

        assertThat(part.headers).containsExactly(RUN);
        assertThat(part.requests).isNotEmpty();
        assertThat(part.ending.complete()).isFalse();
        assertThat(part.ending.reason()).isEqualTo("the file is a part of a journal, not all of it");
    }

    @Test
    void isReadWhileItIsWritten() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false, PART_BYTES)) {
            for (int i = 0; i < written.size(); i++) {
                journal.append(written.get(i));
                if (i % 9 == 0) {
                    ReadJournal own = new ReadJournal();
                    journal.read(own);
                    ReadJournal other = ReadJournal.of(path);
                    assertThat(own.requests).hasSize(i + 1);
                    assertThat(other.requests).hasSize(i + 1);
                    assertThat(other.ending.torn()).isFalse();
                }
            }
        }
    }

    @Test
    void writesOverNobodysFile() throws IOException {
        Files.writeString(part(1), "mine");
        Files.writeString(directory.resolve("run.journal.jsonl.3.gz"), "mine too");

        writeAll();

        assertReadsAll();
        assertThat(part(1)).hasContent("mine");
        assertThat(directory.resolve("run.journal.jsonl.3.gz")).hasContent("mine too");
        assertThat(files()).contains("run.journal.jsonl.2.gz", "run.journal.jsonl.4.gz");
    }

    @Test
    void takesItsPartsWithItWhereItIsReplacedOrDeleted() throws IOException {
        writeAll();
        Files.writeString(part(77), "mine");
        Files.writeString(directory.resolve("run.journal.jsonl.notes"), "mine");

        Journal.create(path, Map.of("seed", 8), true, PART_BYTES).close(true, "");

        assertThat(ReadJournal.of(path).requests).isEmpty();
        assertThat(files())
                .containsExactlyInAnyOrder("run.journal.jsonl", "run.journal.jsonl.77", "run.journal.jsonl.notes");

        Files.delete(path);
        writeAll();
        Journal.delete(path);
        assertThat(files()).containsExactlyInAnyOrder("run.journal.jsonl.77", "run.journal.jsonl.notes");
    }

    @Test
    void losesNothingWhereItWasKilledWhileAPartWasPacked() throws IOException {
        writeAll();
        unpack(2);
        byte[] packed = Files.readAllBytes(Parts.packed(part(1)));
        Files.write(Parts.packing(part(2)), Arrays.copyOf(packed, packed.length / 2));

        assertReadsAll();
    }

    @Test
    void losesNothingWhereItWasKilledBetweenPackingAPartAndDeletingIt() throws IOException {
        writeAll();
        byte[] packed = Files.readAllBytes(Parts.packed(part(2)));
        unpack(2);
        Files.write(Parts.packed(part(2)), packed);

        assertReadsAll();
    }

    @Test
    void namesAPartThatIsMissing() throws IOException {
        writeAll();
        Files.delete(Parts.packed(part(2)));

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + " goes on in its part " + part(2)
                        + ", which is missing; put it there again, or as run.journal.jsonl.2.gz");
    }

    @Test
    void namesAPackedPartThatIsTorn() throws IOException {
        writeAll();
        Path packed = Parts.packed(part(2));
        byte[] whole = Files.readAllBytes(packed);

        for (int length : new int[] {3, whole.length / 2, whole.length - 20}) {
            Files.write(packed, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> ReadJournal.of(path))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("\\Q" + packed + "\\E(, line \\d+)?: the file is cut off");
        }
    }

    @Test
    void namesAPartThatIsOfAnotherRun() throws IOException {
        writeAll();
        Files.write(Parts.packed(part(2)), new byte[0]);
        Files.delete(Parts.packed(part(2)));
        Journal.create(part(2), Map.of("seed", 8), false).close(true, "");

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(part(2) + " is not the part of " + path + " that has its name: it is of another run");
    }

    @Test
    void namesAPartThatHasLostItsEnd() throws IOException {
        writeAll();
        unpack(2);
        List<String> lines = Files.readAllLines(part(2));
        Files.write(part(2), lines.subList(0, lines.size() - 1));

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(part(2) + " has no closing line, though " + path + " goes on behind it");
    }

    @Test
    void isReadUpToTheLastWholeLineWhereItWasKilledInAPart() throws IOException {
        cutInItsLastPart();

        ReadJournal read = ReadJournal.of(path);

        assertThat(read.ending.complete()).isFalse();
        assertThat(read.ending.torn()).isTrue();
        assertThat(ReadJournal.values(read.requests))
                .isEqualTo(ReadJournal.values(written.subList(0, read.requests.size())))
                .hasSizeGreaterThan(40);
    }

    @Test
    void isGoneOnWithWhereItWasKilledInAPart() throws IOException {
        cutInItsLastPart();
        List<RequestRecord> before = ReadJournal.of(path).requests;
        List<RequestRecord> kept = before.stream()
                .filter(request -> !request.outcome().clientsOwn())
                .toList();
        assertThat(kept).hasSizeLessThan(before.size());
        Files.writeString(Parts.packing(part(1)), "left by a process that was killed");

        try (Journal journal = Journal.resume(path, PART_BYTES)) {
            written.forEach(journal::append);
            journal.iterationStarted(new IterationSpan(0, 0, false, 0, 5, RequestRecord.ABSENT));
            journal.close(true, "");
        }

        ReadJournal read = ReadJournal.of(path);
        List<RequestRecord> all = new ArrayList<>(kept);
        all.addAll(written);
        assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(all));
        assertThat(read.ending).isEqualTo(new JournalReader.Ending(true, "", false, all.size()));
        assertThat(read.started).hasSize(1);
        assertThat(files()).noneMatch(name -> name.endsWith("tmp") || name.matches(".*\\.\\d+"));
    }

    @Test
    void savesWhatItHeldWhereAPartIsDeletedWhileItIsWritten() throws IOException {
        Journal journal = Journal.create(path, RUN, false, 100_000);
        for (RequestRecord record : written) {
            journal.append(record);
            journal.flush();
        }
        Path last = part(lastPart());
        Files.delete(last);
        journal.append(JournalTest.success());

        Throwable thrown = catchThrowable(journal::flush);
        List<RequestRecord> saved = saved(thrown);
        journal.close(true, "");

        List<RequestRecord> all = new ArrayList<>(written);
        all.add(JournalTest.success());
        assertThat(thrown)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the part " + last + " of the journal has been deleted or moved while it was"
                        + " written; what it held is in another file: report ");
        assertThat(ReadJournal.values(saved)).isEqualTo(ReadJournal.values(all));
    }

    @Test
    void savesWhatItHeldWhereTheFileIsDeletedThatSaysWhichPartsThereAre() throws IOException {
        Journal journal = Journal.create(path, RUN, false, PART_BYTES);
        for (RequestRecord record : written) {
            journal.append(record);
            journal.flush();
        }
        Files.delete(path);
        journal.append(JournalTest.success());

        Throwable thrown = catchThrowable(journal::flush);
        List<RequestRecord> saved = saved(thrown);
        journal.close(true, "");

        List<RequestRecord> all = new ArrayList<>(written);
        all.add(JournalTest.success());
        assertThat(thrown.getMessage()).contains("; what it held is in another file: report ");
        assertThat(ReadJournal.values(saved)).isEqualTo(ReadJournal.values(all));
    }

    @Test
    void saysHowManyPartsAreGoneWithIt() throws IOException {
        Journal journal = Journal.create(path, RUN, false, PART_BYTES);
        for (RequestRecord record : written) {
            journal.append(record);
            journal.flush();
        }
        Parts.delete(part(1));
        Files.delete(path);
        journal.append(JournalTest.success());

        Throwable thrown = catchThrowable(journal::flush);
        List<RequestRecord> saved = saved(thrown);
        journal.close(true, "");

        assertThat(thrown.getMessage())
                .contains("; parts of it are gone too, 1; what else it held is in another file: report ");
        assertThat(saved).hasSizeLessThan(written.size()).hasSizeGreaterThan(10);
    }

    private static List<RequestRecord> saved(Throwable thrown) throws IOException {
        String message = thrown.getMessage();
        Path saved = Path.of(message.substring(message.lastIndexOf(' ') + 1));
        try {
            return ReadJournal.of(saved).requests;
        } finally {
            Files.delete(saved);
        }
    }

    private void writeAll() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false, PART_BYTES)) {
            for (RequestRecord record : written) {
                journal.append(record);
                journal.flush();
            }
            journal.close(true, "");
        }
    }

    /** As a process that is killed in the middle of a line leaves it. */
    private void cutInItsLastPart() throws IOException {
        assertThat(written).anyMatch(request -> request.outcome() == Outcome.CANCELLED);
        try (Journal journal = Journal.create(path, RUN, false, PART_BYTES)) {
            for (RequestRecord record : written) {
                journal.append(record);
                journal.flush();
            }
        }
        Path last = part(lastPart());
        String text = Files.readString(last);
        Files.writeString(last, text.substring(0, text.length() - 9), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void assertReadsAll() throws IOException {
        ReadJournal read = ReadJournal.of(path);
        assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(written));
        assertThat(read.headers).containsExactly(RUN);
        assertThat(read.ending).isEqualTo(new JournalReader.Ending(true, "", false, written.size()));
    }

    private Path part(int number) {
        return directory.resolve("run.journal.jsonl." + number);
    }

    private int lastPart() throws IOException {
        return files().stream()
                .filter(name -> name.matches(".*\\.\\d+"))
                .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('.') + 1)))
                .max()
                .orElseThrow();
    }

    private void unpack(int number) throws IOException {
        Path packed = Parts.packed(part(number));
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.write(part(number), in.readAllBytes());
        }
        Files.delete(packed);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
