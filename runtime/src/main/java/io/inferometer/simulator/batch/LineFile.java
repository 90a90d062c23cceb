package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a job writes, line by line; there is none if it has nothing to write. */
final class LineFile {
    private final FileStore files;
    private Path path;
    private BufferedWriter writer;

    LineFile(FileStore files) {
        this.files = files;
    }

    void write(String line) {
        try {
            if (writer == null) {
                path = files.newPath();
                writer = Files.newBufferedWriter(path);
            }
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and has it kept under a name; returns its id, or null where there is nothing in it. */
    String keep(String name) {
        if (writer == null) {
            return null;
        }
        try {
            writer.close();
            return files.keep(path, name, "batch_output").id();
        } catch (ApiException e) {
            throw new UncheckedIOException(new IOException(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
