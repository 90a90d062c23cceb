package io.inferometer.report.imported;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of results of another tool: one, or several that were appended to it, or that stand in an array. A number that is
 * bare {@code NaN} is absent.
 */
final class ForeignFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private ForeignFile() {}

    /** Whether a file is one, by the keys of its first object; a file that can't be read is none. */
    static boolean is(Path path) {
        return keys(path).flatMap(Tool::of).isPresent();
    }

    /** Why a file is neither one nor a journal, though it is JSON; empty of any other. */
    static Optional<String> refusal(Path path) {
        Optional<Set<String>> keys = keys(path).filter(known -> !known.contains("type"));
        if (keys.isEmpty() || keys.flatMap(Tool::of).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(path + " is JSON, but "
                + (keys.get().contains("format")
                        ? "a result of a run: give its journal, " + path + ".journal.jsonl"
                        : "neither a journal nor a result of a tool that is known: "
                                + Stream.of(Tool.values()).map(Tool::label).collect(Collectors.joining(", "))));
    }

    /** The keys of the first object; empty of what is no JSON. */
    private static Optional<Set<String>> keys(Path path) {
        Set<String> keys = new HashSet<>();
        JsonToken first = null;
        try (JsonParser in = JSON.createParser(path.toFile())) {
            first = in.nextToken();
            JsonToken object = first == JsonToken.START_ARRAY ? in.nextToken() : first;
            while (object == JsonToken.START_OBJECT && in.nextToken() == JsonToken.FIELD_NAME) {
                keys.add(in.currentName());
                in.nextToken();
                in.skipChildren();
            }
        } catch (IOException e) {
            // It may be cut off behind what it is known by. No JSON, or not there: whoever reads it as something else
            // says so.
        }
        return first != null && first.isStructStart() ? Optional.of(keys) : Optional.empty();
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it can't be read or lacks something; the message names it
     */
    static List<ForeignTrial> read(Path path) throws IOException {
        List<ForeignTrial> trials = new ArrayList<>();
        int number = 0;
        try (MappingIterator<JsonNode> results = JSON.readerFor(JsonNode.class).readValues(path.toFile())) {
            while (results.hasNextValue()) {
                number++;
                JsonNode result = results.nextValue();
                Set<String> keys = new HashSet<>();
                result.fieldNames().forEachRemaining(keys::add);
                Optional<Tool> tool = Tool.of(keys);
                if (tool.isEmpty()) {
                    throw new IOException(path + ": its result " + number + " is of no tool that is known");
                }
                trials.addAll(tool.get().trials(result));
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    path + " is no whole JSON, line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
        return trials;
    }
}
