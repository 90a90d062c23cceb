package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferometer.corpus.CorpusPrompt;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads prompts off JSON: values one after the other, each on a line or on several, or the elements of an array. An entry
 * is named by the line that it begins on.
 *
 * <p>Data sets of conversations have entries in which nobody asks anything, and some without a conversation at all; these
 * are passed over. In any other file an entry without a prompt is a mistake.
 */
final class JsonPrompts extends PromptReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;
    private long line;
    private boolean conversations;
    private int silent;

    /** The first entry without anything known, while it is open whether the file is one of conversations. */
    private Optional<IllegalArgumentException> unknown = Optional.empty();

    /** @param name of the file, for messages */
    JsonPrompts(InputStream bytes, String name) throws IOException {
        super(name);
        parser = JSON.createParser(bytes);
    }

    @Override
    Optional<CorpusPrompt> read() throws IOException {
        for (JsonNode entry = entry(); entry != null; entry = entry()) {
            Optional<CorpusPrompt> prompt = prompt(entry);
            if (prompt.isPresent()) {
                return prompt;
            }
            silent++;
        }
        complain();
        return Optional.empty();
    }

    @Override
    int silent() {
        return silent;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** The next value, or element of an array that stands outermost; null at the end of the file. */
    private JsonNode entry() throws IOException {
        line = 0;
        try {
            JsonToken token = parser.nextToken();
            while (outermost(token)) {
                token = parser.nextToken();
            }
            line = parser.currentTokenLocation().getLineNr();
            return token == null ? null : parser.readValueAsTree();
        } catch (CharConversionException e) {
            throw bad(line == 0 ? 1 : line, "it is not UTF-8");
        } catch (JsonProcessingException e) {
            throw bad(line == 0 ? e.getLocation().getLineNr() : line, reason(e));
        }
    }

    /** Whether an array begins or ends whose elements are the entries. */
    private boolean outermost(JsonToken token) {
        JsonStreamContext within = parser.getParsingContext();
        return token == JsonToken.START_ARRAY && within.getParent().inRoot()
                || token == JsonToken.END_ARRAY && within.inRoot();
    }

    private static String reason(JsonProcessingException e) {
        String told = e.getOriginalMessage();
        if (told.startsWith("Unexpected end-of-input")) {
            return "it is not whole JSON: the file ends within it";
        }
        return told.startsWith("Invalid UTF-8")
                ? "it is not UTF-8"
                : "it is not JSON: " + told.replaceFirst(" \\(start marker at .*", "");
    }

    private Optional<CorpusPrompt> prompt(JsonNode value) {
        PromptEntry entry;
        try {
            entry = PromptEntry.of(value);
        } catch (IllegalArgumentException e) {
            throw bad(line, e.getMessage());
        }
        if (!entry.unknown().isEmpty()) {
            IllegalArgumentException problem = bad(line, entry.unknown());
            unknown = unknown.or(() -> conversations ? Optional.empty() : Optional.of(problem));
            return Optional.empty();
        }
        if (entry.conversation()) {
            conversations = true;
            unknown = Optional.empty();
        }
        complain();
        return entry.prompt();
    }

    private void complain() {
        unknown.ifPresent(problem -> {
            throw problem;
        });
    }
}
