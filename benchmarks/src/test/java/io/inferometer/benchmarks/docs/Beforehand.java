package io.inferometer.benchmarks.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a reader has before the commands of a section: files of prompts and traces by the names that the pages use, and journals. */
final class Beforehand {
    private static final String TRACE = """
            {"timestamp": 0, "input_length": 600, "output_length": 8, "hash_ids": [1, 2]}
            {"timestamp": 40, "input_length": 700, "output_length": 8, "hash_ids": [1, 3]}
            {"timestamp": 90, "input_length": 512, "output_length": 4, "hash_ids": [1]}
            """;
    private static final String BATCH = """
            {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m", "max_tokens": 4, "messages": [{"role": "user", "content": "Hello"}]}}
            {"custom_id": "b", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m", "max_tokens": 4, "messages": [{"role": "user", "content": "And you?"}]}}
            """;
    private static final String AGENTS = """
            {"session_id": "root", "turns": [{"messages": [{"role": "user", "content": "Go."}], "max_tokens": 4, "spawns": ["look"]}, {"messages": [{"role": "user", "content": "And?"}], "max_tokens": 4, "delay": 20}]}
            {"session_id": "look", "turns": [{"messages": [{"role": "user", "content": "Look."}], "max_tokens": 4}]}
            """;
    private static final String PROMPTS = """
            {"prompt": "What is a queue?"}
            {"prompt": "What is a stack?"}
            """;

    private static final Map<String, String> FILES = Map.of(
            "trace.jsonl", TRACE,
            "conversation_trace.jsonl", TRACE,
            "batch.jsonl", BATCH,
            "requests.jsonl", BATCH,
            "agents.jsonl", AGENTS,
            "sessions.jsonl", AGENTS,
            "prompts.jsonl", PROMPTS);

    /** Journals that no command of the page itself writes, and how they came to be. */
    private static final Map<String, List<String>> JOURNALS = Map.of(
            "run.journal.jsonl", List.of("Sample01", "--requests", "8"),
            "baseline.journal.jsonl", List.of("Sample01", "--requests", "10", "-i", "3", "-f", "3"),
            "A.journal.jsonl", List.of("Sample01", "--requests", "8"),
            "B.journal.jsonl", List.of("Sample01", "--requests", "8"));

    private Beforehand() {}

    /** Writes the files that are read by the commands of a section. */
    static void write(Path directory, List<List<String>> section) throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (section.stream().anyMatch(words -> reads(words, file.getKey()))) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        }
    }

    private static boolean reads(List<String> words, String file) {
        int option = words.indexOf("-rff");
        return words.stream().anyMatch(word -> word.equals(file) || word.endsWith("=" + file))
                && !(option >= 0 && words.get(option + 1).equals(file));
    }

    /** The commands that write the journals which the commands of a section read and none of them writes. */
    static List<List<String>> commands(List<List<String>> section, String url) {
        return JOURNALS.entrySet().stream()
                .filter(journal -> section.stream().anyMatch(words -> words.contains(journal.getKey()))
                        && section.stream().noneMatch(words -> writes(words, journal.getKey())))
                .map(journal -> with(journal.getValue(), "--base-url", url, "--journal", journal.getKey()))
                .toList();
    }

    private static boolean writes(List<String> words, String journal) {
        int option = words.indexOf("--journal");
        return option >= 0 && words.get(option + 1).equals(journal);
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }
}
