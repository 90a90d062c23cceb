package io.inferometer.simulator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a request in one go, from front to back. */
final class CompletionReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(RequestBody.MAX_BYTES)
                    .build())
            .build();

    private final JsonParser parser;
    private final List<String> texts = new ArrayList<>();
    private String model;
    private boolean stream;
    private boolean includeUsage;
    private boolean ignoreEos;
    private int maxTokens;
    private int maxCompletionTokens;
    private boolean messages;
    private boolean prompt;
    private int promptIds;

    private CompletionReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a body.
     *
     * @throws ApiException status 400 if it is not JSON, or a field is not what it should be
     */
    static CompletionReader read(byte[] bytes, int offset, int length) throws ApiException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            CompletionReader reader = new CompletionReader(parser);
            reader.read();
            return reader;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always readable
        }
    }

    /**
     * The request, if it is one that can be answered.
     *
     * @throws ApiException status 400 if not
     */
    CompletionRequest request(Form form) throws ApiException {
        if (model == null) {
            throw ApiException.badRequest("model is missing", "model");
        }
        if (form == Form.CHAT && !messages) {
            throw ApiException.badRequest("messages must be a list of at least one message", "messages");
        }
        if (form == Form.TEXT && !prompt) {
            throw ApiException.badRequest("prompt must be a text, or a list of one text or of token ids", "prompt");
        }
        int most = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        return new CompletionRequest(form, model, stream, includeUsage, most, ignoreEos, texts, promptIds);
    }

    /**
     * The texts of the prompt, in either form.
     *
     * @throws ApiException status 400 if there is none
     */
    List<String> texts() throws ApiException {
        if (!messages && !prompt) {
            throw ApiException.badRequest("prompt or messages is missing", "prompt");
        }
        return texts;
    }

    private void read() throws IOException, ApiException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ApiException.badRequest("the body must be a JSON object", null);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            readField(name, value);
        }
        if (parser.nextToken() != null) {
            throw ApiException.badRequest("the body must be one JSON object and nothing after it", null);
        }
    }

    private void readField(String name, JsonToken value) throws IOException, ApiException {
        switch (name) {
            case "model" -> model = string(name, value);
            case "stream" -> stream = bool(name, value);
            case "stream_options" -> readStreamOptions(value);
            case "max_tokens" -> maxTokens = count(name, value, CompletionRequest.MAX_OUTPUT_TOKENS);
            case "max_completion_tokens" ->
                maxCompletionTokens = count(name, value, CompletionRequest.MAX_OUTPUT_TOKENS);
            case "ignore_eos" -> ignoreEos = bool(name, value);
            case "n" -> count(name, value, 1);
            case "messages" -> readMessages(value);
            case "prompt" -> readPrompt(value);
            default -> parser.skipChildren();
        }
    }

    private void readStreamOptions(JsonToken value) throws IOException, ApiException {
        if (value != JsonToken.START_OBJECT) {
            throw ApiException.badRequest("stream_options must be an object", "stream_options");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken option = parser.nextToken();
            if (name.equals("include_usage")) {
                includeUsage = bool("stream_options.include_usage", option);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readMessages(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return; // the parser itself has told an end too early
            } else if (token.isStructStart()) {
                depth++;
                messages |= token == JsonToken.START_OBJECT;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && isText(parser.currentName())) {
                texts.add(parser.getText());
            }
        }
    }

    /** A message's content is a string, or a list of parts that have a text each. */
    private static boolean isText(String name) {
        return "content".equals(name) || "text".equals(name);
    }

    /** A text, a list of one text, a list of token ids, or a list of one such list. */
    private void readPrompt(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            texts.add(parser.getText());
            prompt = true;
        } else if (value == JsonToken.START_ARRAY) {
            prompt = readPrompts();
        } else {
            parser.skipChildren();
        }
    }

    /** Reads a list, and tells whether it is one prompt. */
    private boolean readPrompts() throws IOException {
        int prompts = 0;
        boolean ids = false;
        boolean others = false;
        for (JsonToken token = parser.nextToken(); isElement(token); token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                texts.add(parser.getText());
                prompts++;
            } else if (token == JsonToken.START_ARRAY) {
                others |= !readIds();
                prompts++;
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                promptIds++;
                ids = true;
            } else {
                parser.skipChildren();
                others = true;
            }
        }
        return !others && (ids ? prompts == 0 : prompts == 1);
    }

    /** Reads a list, and tells whether there are numbers in it and nothing else. */
    private boolean readIds() throws IOException {
        int before = promptIds;
        boolean others = false;
        for (JsonToken token = parser.nextToken(); isElement(token); token = parser.nextToken()) {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                promptIds++;
            } else {
                parser.skipChildren();
                others = true;
            }
        }
        return !others && promptIds > before;
    }

    /** Whether a list goes on; the parser itself tells an end too early. */
    private static boolean isElement(JsonToken token) {
        return token != null && token != JsonToken.END_ARRAY;
    }

    private String string(String name, JsonToken value) throws IOException, ApiException {
        if (value != JsonToken.VALUE_STRING) {
            throw ApiException.badRequest(name + " must be a string", name);
        }
        return parser.getText();
    }

    private static boolean bool(String name, JsonToken value) throws ApiException {
        if (!value.isBoolean()) {
            throw ApiException.badRequest(name + " must be true or false", name);
        }
        return value == JsonToken.VALUE_TRUE;
    }

    private int count(String name, JsonToken value, int most) throws IOException, ApiException {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            JsonParser.NumberType type = parser.getNumberType();
            long count = type == JsonParser.NumberType.BIG_INTEGER ? 0 : parser.getLongValue();
            if (count >= 1 && count <= most) {
                return (int) count;
            }
        }
        throw ApiException.badRequest(
                name + " must be " + (most == 1 ? "1" : "a whole number from 1 to " + most), name);
    }
}
