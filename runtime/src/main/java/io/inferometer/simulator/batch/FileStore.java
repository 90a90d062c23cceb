package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that clients have sent and that jobs have written, in a directory of their own that goes with the store. Bounded in
 * their number and in their bytes. Thread-safe.
 */
final class FileStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FileStore.class.getName());
    private static final int MOST_FILES = 1_000;
    private static final long MOST_BYTES = 1L << 30;

    private final String run;
    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    /** A process that is told to end has its files deleted too. */
    private final Thread atExit = new Thread(this::close, "sim-files-end");

    private Path directory;
    private int made;
    private boolean closed;

    /** A store; {@code run} is in the ids of all its files, so that those of another run are not found. */
    FileStore(String run) {
        this.run = run;
    }

    /** A path for a new file, which is not there yet. */
    synchronized Path newPath() {
        return directory().resolve("part-" + made++);
    }

    /** Where its files are. */
    synchronized Path directory() {
        try {
            if (closed) {
                throw new IOException("the endpoint has ended");
            }
            if (directory == null) {
                directory = Files.createTempDirectory("inferometer-sim-");
                Runtime.getRuntime().addShutdownHook(atExit);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps a file that has been written to a path of this store.
     *
     * @throws ApiException status 429 if there are too many, or they are too long together
     */
    synchronized StoredFile keep(Path path, String name, String purpose) throws ApiException {
        long bytes = size(path);
        long kept = files.values().stream().mapToLong(StoredFile::bytes).sum();
        if (files.size() >= MOST_FILES || kept + bytes > MOST_BYTES) {
            delete(path);
            throw ApiException.of(
                    HttpResponseStatus.TOO_MANY_REQUESTS,
                    "at most " + MOST_FILES + " files of " + MOST_BYTES + " bytes together are kept; delete some",
                    "invalid_request_error",
                    "file_limit_exceeded");
        }
        String id = "file-" + run + "-" + made++;
        StoredFile file = new StoredFile(id, name, purpose, bytes, System.currentTimeMillis() / 1000, path);
        files.put(id, file);
        return file;
    }

    /**
     * The file of an id.
     *
     * @throws ApiException status 404 if there is none
     */
    synchronized StoredFile get(String id) throws ApiException {
        StoredFile file = files.get(id);
        if (file == null) {
            throw ApiException.invalid(
                    HttpResponseStatus.NOT_FOUND, "no file '" + id + "' is kept here", "id", "not_found");
        }
        return file;
    }

    /** All files, the newest first. */
    synchronized List<StoredFile> all() {
        List<StoredFile> all = new ArrayList<>(files.values());
        Collections.reverse(all);
        return all;
    }

    synchronized void delete(String id) throws ApiException {
        delete(get(id).path());
        files.remove(id);
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all files. */
    @Override
    public synchronized void close() {
        closed = true;
        if (directory == null) {
            return;
        }
        try (var left = Files.list(directory)) {
            left.forEach(FileStore::delete);
            Files.deleteIfExists(directory);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "files of the simulated endpoint are left in " + directory, e);
        }
        directory = null;
        if (Thread.currentThread() != atExit) {
            forgetExit();
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is about to end, and finds nothing left to delete.
        }
    }
}
