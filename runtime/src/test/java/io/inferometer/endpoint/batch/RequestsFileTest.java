package io.inferometer.endpoint.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.record.batch.JobHistory.JobFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsFileTest {
    private static final String FIRST =
            "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\"}}";

    @TempDir
    Path dir;

    private Path file(List<String> lines) throws IOException {
        return Files.write(dir.resolve("r.jsonl"), lines);
    }

    @Test
    void tellsWhatAFileHas() throws IOException {
        Path file = file(List.of(FIRST, FIRST.replace("\"a\"", "\"b\"")));

        RequestsFile read = RequestsFile.read(file);

        assertThat(read.file())
                .isEqualTo(new JobFile(file.toString(), 2, Files.size(file), "/v1/chat/completions", "m"));
        assertThat(read.ids()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"custom_id\": | line 2: it is not JSON: Unexpected end-of-input within/between Object entries",
                "[] | line 2: it is no JSON object",
                "{\"method\":\"POST\"} | line 2: it has no custom_id",
                "{\"custom_id\":7} | line 2: it has no custom_id",
                "{\"custom_id\":\"a\"} | line 2: its custom_id a is that of line 1 too",
                "{\"custom_id\":\"b\"} | line 2: its method is missing, not POST",
                "{\"custom_id\":\"b\",\"method\":\"GET\"} | line 2: its method is GET, not POST",
                "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"http://x\"} | line 2: its url is http://x, not a path such as /v1/chat/completions",
                "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/responses\"} | line 2: its url is /v1/responses, that of line 1 is /v1/chat/completions",
                "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"} | line 2: it has no body, or one that is no JSON object",
                "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"n\"}} | line 2: its model is n, that of line 1 is m: a job is of one model",
                "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\",\"stream\":true}} | line 2: its body asks for a stream, which a job can't give",
                "` ` | line 2: it is empty"
            })
    void refusesALineThatNoJobTakes(String line, String refusal) throws IOException {
        Path file = file(List.of(FIRST, line));

        assertThatThrownBy(() -> RequestsFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", " + refusal);
    }

    @Test
    void refusesMoreThanAJobTakes() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= 50_000; i++) {
            lines.append(FIRST.replace("\"a\"", "\"" + i + "\"")).append('\n');
        }
        Path many = Files.writeString(dir.resolve("many.jsonl"), lines);
        Path large = dir.resolve("large.jsonl");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength((200 << 20) + 1);
        }
        Path empty = Files.write(dir.resolve("empty.jsonl"), new byte[0]);

        assertThatThrownBy(() -> RequestsFile.read(many))
                .hasMessage(many + ", line 50001: it is request 50001; a job takes 50,000 at most: split the file");
        assertThatThrownBy(() -> RequestsFile.read(large))
                .hasMessage(large + " has 209715201 bytes; a job takes 209715200 (200 MB) at most: split it");
        assertThatThrownBy(() -> RequestsFile.read(empty)).hasMessage(empty + " has no requests");
        assertThatThrownBy(() -> RequestsFile.read(dir.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + dir.resolve("none"));
    }

    @Test
    void readsLinesAsTheyWereWritten() throws IOException {
        Path file = dir.resolve("w.jsonl");
        try (var out = Files.newOutputStream(file)) {
            for (String id : List.of("x", "y")) {
                RequestsFile.write(
                        out,
                        id,
                        "/v1/responses",
                        "{\"model\":\"m\",\"input\":\"h\u00e9\"}".getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(RequestsFile.read(file).file().url()).isEqualTo("/v1/responses");
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo(
                        "{\"custom_id\":\"x\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"model\":\"m\",\"input\":\"h\u00e9\"}}");
    }
}
