package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.inferometer.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One entry of what is right: the command line that it asks for, run in this JVM. */
record OddEntry(String name, JsonNode expected, String transport) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GIVEN_TRANSPORT = "--transport";
    private static final int ATTEMPTS = 6;

    /** What is not as it should be, of the first options that do, else of all; empty if all is right. */
    List<String> faults(OddServer server, Path dir) throws IOException {
        List<String> faults = new ArrayList<>();
        for (List<String> options : options()) {
            List<String> these = faults(server, dir, options);
            if (these.isEmpty()) {
                return List.of();
            }
            faults.addAll(these);
        }
        return faults;
    }

    /** A machine that is busy with other things gets another chance to keep within the bounds of time. */
    private List<String> faults(OddServer server, Path dir, List<String> options) throws IOException {
        List<String> faults = List.of();
        for (int i = 0; i < ATTEMPTS; i++) {
            faults = run(server, dir.resolve(i + "-" + Math.abs(options.hashCode())), options);
            if (faults.isEmpty() || !faults.stream().allMatch(OddResult::ofTime)) {
                return faults;
            }
        }
        return faults;
    }

    /** Lists of options, of which one has to do. */
    private List<List<String>> options() {
        JsonNode options = expected.path("options");
        if (!options.path(0).isArray()) {
            return List.of(texts(options));
        }
        List<List<String>> lists = new ArrayList<>();
        options.forEach(list -> lists.add(texts(list)));
        return lists;
    }

    private List<String> run(OddServer server, Path dir, List<String> options) throws IOException {
        Files.createDirectories(dir);
        if (expected.has("report")) {
            Path file = OddServer.file("data").resolve(expected.path("report").asText());
            return run(dir, List.of("report", file.toString()))
                    .without(file.getFileName().toString())
                    .faults(expected, List.of());
        }
        boolean ofFile = expected.has("prompts_file");
        String mode = expected.path("mode").asText(ofFile ? "good" : name);
        String base = server.url(mode, (name + dir.getFileName() + transport).replaceAll("[^a-z0-9]", ""));
        List<String> words = new ArrayList<>(workload(dir));
        words.addAll(
                expected.has("url")
                        ? List.of("--url", base + expected.path("url").asText())
                        : List.of("--base-url", base + expected.path("path").asText("")));
        words.addAll(List.of("--model", "m", "--requests", ofFile ? "4" : Integer.toString(requests())));
        words.addAll(List.of("-i", "1", "-wi", "0", "-f", "0", "--no-client-warmup", "--calibrate", "off"));
        words.addAll(List.of("--no-journal", "-rf", "json", "-rff", result(dir).toString()));
        if (!options.contains(GIVEN_TRANSPORT)) {
            words.addAll(List.of(GIVEN_TRANSPORT, transport));
        }
        words.addAll(options);
        OddResult result = run(dir, words);
        return result.faults(expected, ofFile ? server.prompts(base) : List.of());
    }

    private int requests() {
        return expected.path("requests").asInt(6);
    }

    private List<String> workload(Path dir) throws IOException {
        if (expected.has("prompts_file")) {
            return ownPrompts(
                    OddServer.file("data").resolve(expected.path("prompts_file").asText()));
        }
        if (expected.has("tokens") || expected.has("prompt_bytes")) {
            Path file = dir.resolve("prompts.jsonl");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < requests(); i++) {
                String text = i + " " + "x".repeat(expected.path("prompt_bytes").asInt());
                lines.append(JSON.writeValueAsString(Map.of(
                                "text",
                                text,
                                "output_tokens",
                                expected.path("tokens").asInt(20))))
                        .append('\n');
            }
            return ownPrompts(Files.writeString(file, lines));
        }
        String workload = expected.path("workload").asText("Sample01HelloEndpoint");
        return workload.equals("GptOssBaseten")
                ? List.of(workload, "-p", "isl=16", "-p", "osl=16", "-p", "rangeRatio=1.0", "--concurrency", "2")
                : List.of(workload);
    }

    private static List<String> ownPrompts(Path file) {
        return List.of("Sample07OwnPrompts", "-p", "file=" + file);
    }

    private static Path result(Path dir) {
        return dir.resolve("result.json");
    }

    private static OddResult run(Path dir, List<String> words) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(told, true, StandardCharsets.UTF_8);
        int status = Main.run(words, variable -> null, console, console);
        JsonNode result = Files.exists(result(dir)) ? JSON.readTree(result(dir).toFile()) : MissingNode.getInstance();
        return new OddResult(status, told.toString(StandardCharsets.UTF_8), result);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
