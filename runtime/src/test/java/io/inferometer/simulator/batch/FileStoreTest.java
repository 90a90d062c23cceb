package io.inferometer.simulator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inferometer.simulator.protocol.ApiException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileStoreTest {
    private static final long HALF = 1L << 29;

    @Test
    void keepsSoManyBytesAndNoMore() throws Exception {
        try (FileStore store = new FileStore("run")) {
            StoredFile first = store.keep(file(store, HALF), "a", "batch");
            store.keep(file(store, HALF), "b", "batch");
            Path beyond = file(store, 1);

            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> store.keep(beyond, "c", "batch"))
                    .withMessage("at most 1000 files of 1073741824 bytes together are kept; delete some");
            assertThat(beyond).doesNotExist();
            store.delete(first.id());
            assertThat(store.keep(file(store, 1), "c", "batch").bytes()).isEqualTo(1);
        }
    }

    @Test
    void deletesAllFilesWhenItEndsAndMakesNoMore() throws Exception {
        FileStore store = new FileStore("run");
        Path path = file(store, 1);

        store.close();
        store.close();

        assertThat(path.getParent()).doesNotExist();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(store::newPath)
                .withMessageContaining("the endpoint has ended");
    }

    /** A file with a hole of that length. */
    private static Path file(FileStore store, long bytes) throws IOException {
        Path path = store.newPath();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
        assertThat(Files.size(path)).isEqualTo(bytes);
        return path;
    }
}
