package io.inferometer.report.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: to a temporary file beside it, which is then renamed. */
public final class Replacement {
    private Replacement() {}

    /**
     * Writes a file.
     *
     * @param force whether one that exists is replaced; else what was written stays in the temporary file, which the
     *     exception names
     */
    public static void write(Path path, byte[] content, boolean force) throws IOException {
        Path temporary = temporary(path);
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        if (force) {
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } else if (Files.exists(path)) {
            throw new ResultFileException(path + " came to exist during the run: the result is in " + temporary);
        } else {
            Files.move(temporary, path);
        }
    }

    /** Fails as {@link #write} would, and leaves nothing behind but missing directories, made. */
    public static void tryOut(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path temporary = temporary(path);
        Files.createFile(temporary);
        Files.delete(temporary);
    }

    private static Path temporary(Path path) {
        return path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Why a file can't be written, in words that follow its name. */
    public static String reason(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return (exists.getFile().equals(path.toString()) ? "it" : exists.getFile()) + " exists";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e.getMessage();
    }
}
