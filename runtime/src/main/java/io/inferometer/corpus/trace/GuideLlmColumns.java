package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.BadLine;
import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.dataset.TableRows;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Columns that go by several names, of which the first that is there holds. Columns of other names are left alone. */
final class GuideLlmColumns {
    private static final List<String> PROMPT =
            List.of("prompt", "instruction", "question", "input", "context", "content", "text");
    private static final List<String> PREFIX = List.of("system_prompt", "system", "prefix");
    private static final String OUTPUT_TOKENS = "output_tokens_count";

    private GuideLlmColumns() {}

    static void check(Path file, List<String> titles) {
        if (titles.stream().noneMatch(PROMPT::contains)) {
            throw new IllegalArgumentException(file + ": none of its columns is named " + String.join(", ", PROMPT));
        }
    }

    static TracedRequest line(JsonLine line) {
        if (line.has("messages")) {
            return new TracedRequest(
                    line.line(), Optional.empty(), AiperfLines.messages(line), line.count(OUTPUT_TOKENS, 1), Map.of());
        }
        String prompt = PROMPT.stream()
                .filter(line::has)
                .findFirst()
                .orElseThrow(() -> line.bad("it has none of " + String.join(", ", PROMPT) + ", messages"));
        String prefix = PREFIX.stream()
                .filter(line::has)
                .findFirst()
                .flatMap(line::text)
                .orElse("");
        return request(line.line(), prefix, AiperfLines.filled(line, prompt), line.count(OUTPUT_TOKENS, 1));
    }

    static TracedRequest row(TableRows.Row row) {
        String prompt = first(row.fields(), PROMPT);
        if (prompt.isEmpty()) {
            throw row.bad("its prompt is empty");
        }
        return request(row.line(), first(row.fields(), PREFIX), prompt, count(row, OUTPUT_TOKENS));
    }

    private static TracedRequest request(long line, String prefix, String prompt, OptionalInt outputTokens) {
        // A shared prefix stands before the prompt itself, so that it is the same leading tokens everywhere.
        return new TracedRequest(
                line,
                Optional.empty(),
                new Asked.Text(prefix.isEmpty() ? prompt : prefix + '\n' + prompt, List.of()),
                outputTokens,
                Map.of());
    }

    private static String first(Map<String, String> fields, List<String> names) {
        return names.stream()
                .filter(fields::containsKey)
                .findFirst()
                .map(fields::get)
                .orElse("");
    }

    /** A whole number from 1, where the column is there and not empty. */
    static OptionalInt count(TableRows.Row row, String title) {
        String text = row.fields().getOrDefault(title, "");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw notCounted(row, title, text);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static BadLine notCounted(TableRows.Row row, String title, String text) {
        return row.bad("'" + title + "' is " + text + ", not a whole number from 1");
    }
}
