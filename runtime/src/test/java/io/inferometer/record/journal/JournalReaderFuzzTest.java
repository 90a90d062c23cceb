package io.inferometer.record.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inferometer.record.RequestRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Any bytes behind a header are a journal, cut off or not, or one that says where it is wrong. */
class JournalReaderFuzzTest {
    private static final byte[] HEADER =
            "{\"type\":\"header\",\"schema\":1,\"run\":{}}\n".getBytes(StandardCharsets.US_ASCII);

    private static final JournalReader.Visitor NOBODY = new JournalReader.Visitor() {
        @Override
        public void header(Map<String, Object> run) {}

        @Override
        public void request(RequestRecord request) {}
    };

    @FuzzTest
    void readsOrNamesTheLine(byte[] bytes) {
        readsOrNames(bytes);
        byte[] behind = new byte[HEADER.length + bytes.length];
        System.arraycopy(HEADER, 0, behind, 0, HEADER.length);
        System.arraycopy(bytes, 0, behind, HEADER.length, bytes.length);
        readsOrNames(behind);
    }

    private static void readsOrNames(byte[] bytes) {
        try {
            JournalReader.read(Path.of("run.jsonl"), new ByteArrayInputStream(bytes), NOBODY);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("run.jsonl");
        }
    }
}
