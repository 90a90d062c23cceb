package io.inferometer.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of files, as hexadecimal digits. */
final class Hash {
    private static final int SHOWN = 12;
    private static final int CHUNK_BYTES = 64 << 10;

    private Hash() {}

    /** That of the classes of this program: its jars, or the files of its directories. */
    static String ofProgram() throws IOException {
        MessageDigest digest = digest();
        String paths = System.getProperty("java.class.path", "")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
        for (String path : paths.split(File.pathSeparator)) {
            if (!path.isEmpty()) {
                add(digest, Path.of(path));
            }
        }
        return text(digest);
    }

    /** That of a file. */
    static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        addFile(digest, file);
        return text(digest);
    }

    /** As much of a hash as is shown. */
    static String shown(String hash) {
        return hash.substring(0, Math.min(SHOWN, hash.length()));
    }

    private static void add(MessageDigest digest, Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            if (Files.exists(path)) {
                addFile(digest, path);
            }
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            digest.update(path.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            addFile(digest, file);
        }
    }

    private static void addFile(MessageDigest digest, Path file) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
