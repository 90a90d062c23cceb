package io.inferometer.record.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalReaderTest {
    private static final String HEADER = "{\"type\":\"header\",\"schema\":1,\"run\":{}}";
    private static final String REQUEST = "{\"type\":\"request\",\"index\":1,\"outcome\":\"success\"}";

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void namesTheJournal() {
        path = directory.resolve("run.journal.jsonl");
    }

    @Test
    void readsAnyRecordAsItWasWritten() throws IOException {
        RandomRecords records = new RandomRecords(20_261_121);
        List<RequestRecord> written =
                Stream.generate(records::next).limit(2_000).toList();

        try (Journal journal = Journal.create(path, Map.of(), false)) {
            written.forEach(journal::append);
            journal.close(true, "");
        }

        assertThat(ReadJournal.values(ReadJournal.of(path).requests)).isEqualTo(ReadJournal.values(written));
    }

    @Test
    void anEventThatTheEndpointDidNotStampIsNullAndNoNumber() throws IOException {
        ARequest request = ARequest.sent(100).token(152).token(162).token(172);
        RequestRecord micros = request.stamps(7_000, 7_050, Double.NaN, 7_070).record();
        RequestRecord nanos =
                request.stamps(7_000, 7_050.015625, Double.NaN, 7_070).record();
        try (Journal journal = Journal.create(path, Map.of(), false)) {
            journal.append(micros);
            journal.append(nanos);
        }

        assertThat(path)
                .content()
                .contains("\"servedMicros\":[20000,50000,null,0]")
                .contains("\"stamps\":[-1984375,null,9984375]");
        List<RequestRecord> read = ReadJournal.of(path).requests;
        assertThat(read.get(0).serverEventNanos()).isEqualTo(micros.serverEventNanos());
        assertThat(read.get(1).serverEventNanos()).isEqualTo(nanos.serverEventNanos());
    }

    @Test
    void readsAnEventWithoutAStampAsItWasOnceWritten() throws IOException {
        long wrapped = RequestRecord.ABSENT - 7_050_000_000L;
        long back = 7_070_000_000L - RequestRecord.ABSENT;
        Files.writeString(
                path,
                "{\"type\":\"header\",\"schema\":1,\"run\":{}}\n{\"type\":\"request\",\"index\":0,\"outcome\":\"success\","
                        + "\"serverReceivedNanos\":7000000000,\"serverEventDeltaNanos\":[50000000," + wrapped + ","
                        + back + "]}\n");

        assertThat(ReadJournal.of(path).requests.get(0).serverEventNanos())
                .containsExactly(7_050_000_000L, RequestRecord.ABSENT, 7_070_000_000L);
    }

    @Test
    void tellsOfARequestWhenItsCheckIsKnownAndOfThoseWithoutOneAtTheEnd() throws IOException {
        Files.writeString(
                path,
                String.join(
                                "\n",
                                HEADER,
                                unchecked(0, "\"visible\":\"a\",\"reasoning\":\"why\""),
                                unchecked(1, "\"cut\":true"),
                                unchecked(2, "\"visible\":\"c\""),
                                "{\"type\":\"request\",\"index\":3,\"outcome\":\"timeout\"}",
                                unchecked(4, "\"visible\":\"e\""),
                                "{\"type\":\"check\",\"index\":2}",
                                "{\"type\":\"check\",\"index\":4,\"wrong\":\"not f\"}",
                                "{\"type\":\"check\",\"index\":9}")
                        + "\n");

        ReadJournal journal = ReadJournal.of(path);

        assertThat(journal.requests).extracting(RequestRecord::index).containsExactly(3L, 2L, 4L, 0L, 1L);
        assertThat(journal.requests)
                .extracting(RequestRecord::outcome, RequestRecord::error)
                .containsExactly(
                        tuple(Outcome.TIMEOUT, ""),
                        tuple(Outcome.SUCCESS, ""),
                        tuple(Outcome.WRONG_ANSWER, "not f"),
                        tuple(Outcome.SUCCESS, ""),
                        tuple(Outcome.SUCCESS, ""));
        assertThat(journal.unchecked).containsExactly(new AnswerTexts("a", "why", true), AnswerTexts.CUT);
        assertThat(journal.ending.requests()).isEqualTo(5);
    }

    private static String unchecked(int index, String texts) {
        return "{\"type\":\"request\",\"index\":" + index + ",\"outcome\":\"success\",\"unchecked\":{" + texts + "}}";
    }

    @Test
    void readsTheHeaderAsItWasGiven() throws IOException {
        Map<String, Object> run = Map.of(
                "name",
                "gpt-oss, \"quoted\" and\nbroken",
                "seed",
                9_007_199_254_740_993L,
                "rate",
                0.1,
                "simulated",
                true,
                "trials",
                List.of(Map.of("load", "closed", "concurrency", 4), Map.of()));

        Journal.create(path, run, false).close(true, "");

        assertThat(ReadJournal.of(path).headers).containsExactly(run);
    }

    @Test
    void readsIterations() throws IOException {
        IterationSpan start = new IterationSpan(1, 2, false, 3, 4, RequestRecord.ABSENT);
        IterationSpan end = new IterationSpan(1, 2, false, 3, 4, 5);

        try (Journal journal = Journal.create(path, Map.of(), false)) {
            journal.iterationStarted(start);
            journal.iterationEnded(end, Map.of());
        }

        ReadJournal read = ReadJournal.of(path);
        assertThat(read.started).containsExactly(start);
        assertThat(read.ended).containsExactly(end);
    }

    @Test
    void readsHowTheClientWasAsItWasTold() throws IOException {
        IterationSpan end = new IterationSpan(0, 0, false, 0, 4, 5);
        Map<String, Object> health = Map.of("gc", Map.of("pauses", 3), "cpu", Map.of("machineShare", 0.5));

        try (Journal journal = Journal.create(path, Map.of(), false)) {
            journal.iterationEnded(end, health);
            journal.iterationEnded(end, Map.of());
        }
        Files.writeString(
                path,
                "{\"type\":\"iteration\",\"startNanos\":4,\"endNanos\":5,\"health\":null,\"instrumentError\":null}\n",
                StandardOpenOption.APPEND);

        assertThat(ReadJournal.of(path).healths).containsExactly(health, Map.of(), Map.of());
    }

    @Test
    void readsWhatTheClientAdded() throws IOException {
        Map<String, Object> overhead = Map.of("source", "replay", "metrics", Map.of("ttftMs", Map.of("p50", 0.25)));

        try (Journal journal = Journal.create(path, Map.of(), false)) {
            journal.clientOverhead(1, 2, overhead);
        }

        assertThat(ReadJournal.of(path).overheads).containsExactly(Map.entry("1/2", overhead));
    }

    @Test
    void readsAPrefixOfAnyLengthUpToItsLastWholeLine() throws IOException {
        RandomRecords records = new RandomRecords(1);
        List<RequestRecord> written = Stream.generate(records::next).limit(4).toList();
        try (Journal journal = Journal.create(path, Map.of(), false)) {
            written.forEach(journal::append);
            journal.close(true, "");
        }
        byte[] whole = Files.readAllBytes(path);
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }

        for (int length = ends.get(0); length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            int cut = length;
            int lines = (int) ends.stream().filter(end -> end <= cut).count();

            ReadJournal read = ReadJournal.of(path);

            assertThat(ReadJournal.values(read.requests)).isEqualTo(ReadJournal.values(written.subList(0, lines - 1)));
            assertThat(read.ending)
                    .isEqualTo(new JournalReader.Ending(
                            false,
                            "the journal was cut off: it has no closing line",
                            !ends.contains(length),
                            lines - 1));
        }
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        String text = "a".repeat(200_000);
        write(HEADER, REQUEST.replace("}", ",\"text\":\"" + text + "\"}"), REQUEST);

        ReadJournal read = ReadJournal.of(path);

        assertThat(read.requests).extracting(RequestRecord::text).containsExactly(text, "");
    }

    @Test
    void refusesALineThatIsTooLong() throws IOException {
        write(HEADER, REQUEST, " ".repeat(JournalFormat.MAX_LINE_BYTES + 1));

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ", line 3: it is longer than 16777216 bytes");
    }

    @Test
    void skipsFieldsAndLinesThatItDoesNotKnow() throws IOException {
        write(
                "{\"type\":\"header\",\"schema\":1,\"made\":[1,{}],\"run\":{}}",
                "{\"type\":\"pause\",\"nanos\":[{\"a\":1}]}",
                "{\"type\":\"request\",\"colour\":{\"red\":[1]},\"index\":1,\"outcome\":\"success\","
                        + "\"usage\":{\"audioTokens\":{},\"promptTokens\":4}}",
                "{\"type\":\"iteration\",\"startNanos\":1,\"health\":{\"gc\":[1]},\"warmup\":true}",
                "{\"type\":\"end\",\"why\":{},\"complete\":true}");

        ReadJournal read = ReadJournal.of(path);

        assertThat(read.requests)
                .extracting(request -> request.usage().promptTokens())
                .containsExactly(4);
        assertThat(read.started).hasSize(1);
        assertThat(read.ending).isEqualTo(new JournalReader.Ending(true, "", false, 1));
    }

    @Test
    void refusesALaterSchema() throws IOException {
        write("{\"type\":\"header\",\"schema\":3,\"run\":[]}");

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ", line 1: written by a later version of Inferometer:"
                        + " its schema is 3, this version reads up to 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"header","run":{}}                                            | not the header of a journal: schema is missing
                    {"type":"header","schema":1}                                          | not the header of a journal: run is missing
                    {"type":"header","schema":1,"run":7}                                  | run is not an object: 7
                    """)
    void refusesAHeaderThatIsNone(String line, String message) throws IOException {
        write(line);

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ", line 1: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"end\"}", "{\"ttft\":{\"p50\":0.1}}", "{", "[1]", "no journal"})
    void refusesAFileThatIsNoJournal(String line) throws IOException {
        write(line);

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        path + ", line 1: not the header of a journal, which is named as in run.json.journal.jsonl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"request","index":1}                                          | a request without an outcome
                    {"type":"request","outcome":"success"}                                | a request without an index
                    {"type":"request","index":1,"outcome":"fine"}                         | no such outcome: fine
                    {"type":"request","index":"x"}                                        | index is not a whole number of 64 bits: x
                    {"type":"request","index":1.5}                                        | index is not a whole number of 64 bits: 1.5
                    {"type":"request","index":99999999999999999999}                       | index is not a whole number of 64 bits: 99999999999999999999
                    {"type":"request","trial":3000000000}                                 | trial is too large: 3000000000
                    {"type":"request","warmup":1}                                         | warmup is not a boolean: 1
                    {"type":"request","text":null}                                        | text is not a string: null
                    {"type":"request","usage":[]}                                         | usage is not an object: [
                    {"type":"request","eventDeltaNanos":{}}                               | eventDeltaNanos is not an array: {
                    {"type":"request","eventDeltaNanos":[1,"x"]}                          | eventDeltaNanos is not a whole number of 64 bits: x
                    {"type":"request","index":1,"outcome":"success","eventDeltaNanos":[1]} | 1 event times but 0 event kinds
                    {"type":"iteration"}                                                  | an iteration without startNanos
                    {"type":"header","schema":1,"run":{}}                                 | a second header
                    {"index":1}                                                           | not an object that begins with its type
                    {"type":"end"} {"type":"end"}                                         | something follows the object
                    """)
    void namesABadLineByItsNumber(String line, String message) throws IOException {
        write(HEADER, REQUEST, line, REQUEST);

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ", line 3: " + message);
    }

    @Test
    void namesALineOfBrokenJsonByItsNumber() throws IOException {
        write(HEADER, "{\"type\":\"request\",\"index\":1,");

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(path + ", line 2: Unexpected end-of-input");
    }

    @Test
    void refusesALineAfterTheClosingOne() throws IOException {
        write(HEADER, "{\"type\":\"end\",\"complete\":true}", REQUEST);

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ", line 3: it follows the closing line");
    }

    @Test
    void answersAnyDamageWithAValueOrAnIOException() throws IOException {
        RandomRecords records = new RandomRecords(2);
        try (Journal journal = Journal.create(path, Map.of("a", List.of(1, "b")), false)) {
            Stream.generate(records::next).limit(5).forEach(journal::append);
            journal.close(true, "");
        }
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(3);
        int refused = 0;

        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            for (int hit = random.nextInt(4); hit >= 0; hit--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(path, damaged);
            try {
                ReadJournal.of(path);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith(path + ", line ");
                refused++;
            }
        }

        assertThat(refused).isBetween(1, 1_999);
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no journal " + path);
    }

    @Test
    void saysThatItIsADirectory() {
        assertThatThrownBy(() -> ReadJournal.of(directory))
                .isInstanceOf(IOException.class)
                .hasMessage("can't read the journal " + directory + ": it is a directory");
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        Files.createFile(path);

        assertThatThrownBy(() -> ReadJournal.of(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + " is not a journal: it has no whole line");
    }

    private void write(String... lines) throws IOException {
        Files.writeString(path, String.join("\n", lines) + "\n");
    }
}
