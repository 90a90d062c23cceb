package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server of odd habits that may stand beside the clone, in a process of its own, ended by {@link #close}. */
final class OddServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER =
            Path.of("..", "..", "shared", "oddservers").toAbsolutePath().normalize();

    private final Process process;
    private final String url;

    private OddServer(Process process) throws IOException {
        this.process = process;
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("python3 server.py ended without a word");
        }
        url = line.substring(line.lastIndexOf(' ') + 1);
    }

    /** Starts it; empty where there is no such folder, or no python3. */
    static Optional<OddServer> start() throws IOException {
        if (!Files.isRegularFile(file("server.py"))) {
            return Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder("python3", file("server.py").toString(), "0");
        try {
            return Optional.of(new OddServer(
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file of the folder. */
    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /** What is right, by the names of the entries; empty where there is no such folder. */
    static JsonNode expected() throws IOException {
        Path expected = file("expected.json");
        return Files.isRegularFile(expected) ? JSON.readTree(expected.toFile()) : JSON.createObjectNode();
    }

    /** The base URL of a mode with counters of its own. */
    String url(String mode, String tag) {
        return url + "/" + mode + "~" + tag;
    }

    /** The prompts that were posted to a base URL. */
    List<String> prompts(String base) throws IOException {
        List<String> prompts = new ArrayList<>();
        try (InputStream seen = URI.create(base + "/seen").toURL().openStream()) {
            JSON.readTree(seen)
                    .forEach(post ->
                            prompts.add(post.at("/body/messages/0/content").asText()));
        }
        return prompts;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
