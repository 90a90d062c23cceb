package io.inferometer.record.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.record.journal.json.JournalFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Map<String, Object> RUN = Map.of("seed", 7);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void namesTheJournal() {
        path = directory.resolve("run.journal.jsonl");
    }

    @Test
    void writesALineEachAndOnlyWhatIsKnown() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false)) {
            journal.iterationStarted(new IterationSpan(0, 0, true, 0, 5, RequestRecord.ABSENT));
            journal.append(success());
            journal.append(refused());
            journal.iterationEnded(new IterationSpan(0, 0, true, 0, 5, 90), Map.of());
            journal.close(true, "");
        }

        assertThat(path).hasContent("""
                        {"type":"header","schema":2,"run":{"seed":7}}
                        {"type":"iteration","at":"start","trial":0,"fork":0,"warmup":true,"iteration":0,"startNanos":5}
                        {"type":"request","trial":1,"fork":0,"iteration":2,"index":3,"slot":4,"session":5,"turn":6,"outcome":"success","status":200,"streamed":true,"at":[10,1,1,8,10],"gaps":[20,18,0,0],"bits":"BQXA","usage":{"promptTokens":9,"completionTokens":2},"requestedOutputTokens":2,"ignoreEos":true,"text":"h\\u00E9"}
                        {"type":"request","trial":0,"fork":0,"warmup":true,"iteration":0,"index":0,"outcome":"connect_error","error":"Connection refused","at":[1,1,null,null,2]}
                        {"type":"iteration","at":"end","trial":0,"fork":0,"warmup":true,"iteration":0,"startNanos":5,"endNanos":90}
                        {"type":"end","complete":true,"reason":""}
                        """);
    }

    @Test
    void writesTheTimesOfAnEndpointThatTellsMicrosecondsInThese() throws IOException {
        RequestRecord whole = served(7_000, 5_007_000, 15_008_000, 25_008_000);
        RequestRecord other = served(7_000, 5_007_000, 15_008_001, 25_008_000);
        try (Journal journal = Journal.create(path, RUN, false)) {
            journal.append(whole);
            journal.append(other);
            journal.close(true, "");
        }

        assertThat(Files.readString(path))
                .containsOnlyOnce("\"receivedMicros\":7,\"servedMicros\":[10001,5000,0,-1]")
                .containsOnlyOnce("\"received\":6988,\"stamps\":[4999982,10000981,9999979]");
        assertThat(ReadJournal.values(ReadJournal.of(path).requests))
                .isEqualTo(ReadJournal.values(List.of(whole, other)));
    }

    @Test
    void isWrittenUntilItIsClosed() throws Exception {
        try (Journal journal = Journal.create(path, Map.of(), false)) {
            journal.flush();

            assertThat(Journal.awaitWriter(path, Duration.ofMillis(30))).isFalse();
        }

        assertThat(Journal.awaitWriter(path, Duration.ZERO)).isTrue();
    }

    @Test
    void hasItsHeaderOnDiskFromTheStart() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false)) {
            assertThat(Files.readAllLines(path)).hasSize(1);

            journal.append(success());
            journal.flush();

            assertThat(Files.readAllLines(path)).hasSize(2);
        }
    }

    @Test
    void leavesOutATextThatMakesALineTooLong() throws IOException {
        RequestRecord request = success();
        String text = "x".repeat(JournalFormat.MAX_LINE_BYTES);

        try (Journal journal = Journal.create(path, RUN, false)) {
            journal.append(success(text));
            journal.append(request);
            journal.close(true, "");
        }

        ReadJournal read = ReadJournal.of(path);
        assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(List.of(success(""), request)));
        assertThat(Files.readString(path)).contains("\"textCut\":true");
    }

    @Test
    void refusesAFileThatExists() throws IOException {
        Files.writeString(path, "precious");

        assertThatThrownBy(() -> Journal.create(path, RUN, false))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the journal " + path + " exists already; --force replaces it, --journal FILE names another");
        assertThat(path).hasContent("precious");
    }

    @Test
    void replacesAFileThatExistsByForce() throws IOException {
        Files.writeString(path, "precious\n".repeat(100));

        try (Journal journal = Journal.create(path, RUN, true)) {
            journal.close(true, "");
        }

        assertThat(ReadJournal.of(path).ending.complete()).isTrue();
    }

    @Test
    void doesNotReplaceAFileThatIsStillWrittenEvenByForce() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false)) {
            assertThatThrownBy(() -> Journal.create(path, Map.of(), true))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("can't write the journal " + path + ": a run that is still going on writes it; end that"
                            + " one first, or name another with --journal FILE");
            journal.close(true, "");
        }

        assertThat(ReadJournal.of(path).headers).containsExactly(RUN);
    }

    @Test
    void isReadBackWhileItIsWritten() throws IOException {
        try (Journal journal = Journal.create(path, RUN, false)) {
            journal.append(success());

            ReadJournal first = new ReadJournal();
            journal.read(first);
            journal.append(success());
            ReadJournal second = new ReadJournal();
            journal.read(second);

            assertThat(first.headers).containsExactly(RUN);
            assertThat(first.requests).hasSize(1);
            assertThat(second.requests).hasSize(2);
            journal.close(true, "");
        }
        assertThat(ReadJournal.of(path).requests).hasSize(2);
    }

    @Test
    void saysWhichDirectoryIsMissing() {
        Path below = directory.resolve("none/run.journal.jsonl");

        assertThatThrownBy(() -> Journal.create(below, RUN, false))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "can't write the journal " + below + ": there is no directory " + directory.resolve("none"));
    }

    @Test
    void saysThatItsNameIsADirectory() {
        assertThatThrownBy(() -> Journal.create(directory, RUN, true))
                .isInstanceOf(IOException.class)
                .hasMessage("can't write the journal " + directory + ": it is a directory");
    }

    @Test
    void stopsAtAFullDiskAndKeepsWhatWasWritten() throws IOException {
        FullDisk disk = new FullDisk(1_000);
        Journal journal = new Journal("run.journal.jsonl", disk);
        String message = "can't write the journal run.journal.jsonl: No space left on device;"
                + " what was written so far stays: report run.journal.jsonl shows it,"
                + " --resume run.journal.jsonl goes on with the run";

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        journal.append(success());
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(message);
        disk.room = 1_000_000;
        assertThatThrownBy(journal::flush)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(message);
        journal.close(true, "");

        assertThat(disk.written.position()).isEqualTo(1_000);
        assertThat(disk.isOpen()).isFalse();
    }

    @Test
    void aForkGivesNoAdviceOnAFileThatItsRunCopiesAndDeletes() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createSymbolicLink(path, full);

        assertThatThrownBy(() -> Journal.ofFork(path, RUN, true))
                .isInstanceOf(JournalException.class)
                .hasMessage("can't write the journal " + path + ": No space left on device");
    }

    @Test
    void saysThatItCantBeginOnAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createSymbolicLink(path, full);

        assertThatThrownBy(() -> Journal.create(path, RUN, true))
                .isInstanceOf(JournalException.class)
                .hasMessage("can't write the journal " + path
                        + ": No space left on device; --journal FILE writes it elsewhere");
    }

    @Test
    void savesWhatItHeldWhereItsDirectoryVanishes() throws IOException {
        Path below = Files.createDirectory(directory.resolve("runs")).resolve("run.journal.jsonl");
        Journal journal = Journal.create(below, RUN, false);
        journal.append(success());
        journal.flush();
        Files.delete(below);
        Files.delete(below.getParent());
        journal.append(refused());

        String message = catchThrowable(journal::flush).getMessage();
        journal.close(true, "");

        assertThat(message)
                .startsWith("the journal " + below + " has been deleted or moved while it was written;"
                        + " what it held is in another file: report ");
        Path saved = Path.of(message.substring(message.lastIndexOf(' ') + 1));
        ReadJournal read = ReadJournal.of(saved);
        Files.delete(saved);
        assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(List.of(success(), refused())));
        assertThat(read.ending)
                .isEqualTo(
                        new JournalReader.Ending(false, "the journal was cut off: it has no closing line", false, 2));
    }

    @Test
    void isReadableUpToTheLastWholeLineAfterAFullDisk() throws IOException {
        FullDisk disk = new FullDisk(800);
        Journal journal = new Journal("run.journal.jsonl", disk);
        assertThatThrownBy(() -> {
                    journal.append(success());
                    journal.append(success());
                    journal.append(success());
                    journal.flush();
                })
                .isInstanceOf(UncheckedIOException.class);
        String header = "{\"type\":\"header\",\"schema\":1,\"run\":{}}\n";
        Files.writeString(path, header + new String(disk.written.array(), 0, 800, StandardCharsets.US_ASCII));

        ReadJournal read = ReadJournal.of(path);

        assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(List.of(success(), success())));
        assertThat(read.ending)
                .isEqualTo(new JournalReader.Ending(false, "the journal was cut off: it has no closing line", true, 2));
    }

    @Test
    void closesOnce() throws IOException {
        Journal journal = Journal.create(path, RUN, false);

        journal.close(false, "interrupted");
        journal.close(true, "");
        journal.close();

        assertThat(ReadJournal.of(path).ending).isEqualTo(new JournalReader.Ending(false, "interrupted", false, 0));
    }

    static RequestRecord success() {
        return success("hé");
    }

    private static RequestRecord success(String text) {
        return success(text, RequestRecord.ABSENT);
    }

    private static RequestRecord served(long received, long... events) {
        return success("", received, events);
    }

    private static RequestRecord success(String text, long received, long... serverEvents) {
        return new RequestRecord(
                1,
                0,
                false,
                2,
                3,
                4,
                Place.ofTurn(5, 6),
                Outcome.SUCCESS,
                200,
                "",
                true,
                10,
                11,
                12,
                Opening.NONE,
                20,
                80,
                new long[] {30, 50, 70},
                new byte[] {
                    Carried.CHOICES | Carried.CONTENT,
                    Carried.CHOICES | Carried.CONTENT,
                    (byte) (Carried.FINISH | Carried.USAGE)
                },
                received,
                serverEvents,
                new Usage(9, 2, Usage.ABSENT, Usage.ABSENT),
                new int[0],
                Usage.ABSENT,
                Usage.ABSENT,
                2,
                true,
                AnswerForm.NONE,
                "",
                text);
    }

    private static RequestRecord refused() {
        return new RequestRecord(
                0,
                0,
                true,
                0,
                0,
                -1,
                Place.NONE,
                Outcome.CONNECT_ERROR,
                0,
                "Connection refused",
                false,
                1,
                2,
                RequestRecord.ABSENT,
                Opening.NONE,
                RequestRecord.ABSENT,
                4,
                new long[0],
                new byte[0],
                RequestRecord.ABSENT,
                new long[0],
                Usage.NONE,
                new int[0],
                Usage.ABSENT,
                Usage.ABSENT,
                Usage.ABSENT,
                false,
                AnswerForm.NONE,
                "",
                "");
    }

    /** Takes so many bytes and then no more. */
    private static final class FullDisk implements WritableByteChannel {
        final ByteBuffer written;
        int room;
        private boolean open = true;

        FullDisk(int room) {
            this.room = room;
            this.written = ByteBuffer.allocate(2 * room);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = Math.min(room, bytes.remaining());
            if (count == 0) {
                throw new IOException("No space left on device");
            }
            written.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            room -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
