package io.inferometer.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What the simulated endpoint wants to know of a chat completion request. Everything else in the body is ignored.
 *
 * @param model the model asked for
 * @param stream whether the answer is to come as events
 * @param includeUsage whether a stream is to end with an event of token counts
 * @param outputTokens how many tokens to answer with
 * @param promptTokens an estimate of the prompt's length: a quarter of the UTF-8 bytes of the messages' texts, rounded
 *     up, at least 1
 */
record ChatRequest(String model, boolean stream, boolean includeUsage, int outputTokens, int promptTokens) {
    /** How many tokens an answer has when the request does not say. */
    static final int DEFAULT_OUTPUT_TOKENS = 128;
    /** The longest answer that may be asked for. */
    static final int MAX_OUTPUT_TOKENS = 1_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Connection.MAX_BODY_BYTES)
                    .build())
            .build();

    /**
     * Reads a request's body.
     *
     * @throws ApiException status 400 if it is not JSON or not a request that can be answered
     */
    static ChatRequest parse(byte[] bytes, int offset, int length) throws ApiException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            return new Reader(parser).read();
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always readable
        }
    }

    /** Goes over the body once, from front to back. */
    private static final class Reader {
        private final JsonParser parser;
        private String model;
        private boolean stream;
        private boolean includeUsage;
        private int maxTokens;
        private int maxCompletionTokens;
        private boolean messages;
        private long promptBytes;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        ChatRequest read() throws IOException, ApiException {
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
            if (model == null) {
                throw ApiException.badRequest("model is missing", "model");
            }
            if (!messages) {
                throw ApiException.badRequest("messages must be a list of at least one message", "messages");
            }
            return new ChatRequest(model, stream, includeUsage, outputTokens(), promptTokens());
        }

        private void readField(String name, JsonToken value) throws IOException, ApiException {
            switch (name) {
                case "model" -> model = string(name, value);
                case "stream" -> stream = bool(name, value);
                case "stream_options" -> readStreamOptions(value);
                case "max_tokens" -> maxTokens = count(name, value, MAX_OUTPUT_TOKENS);
                case "max_completion_tokens" -> maxCompletionTokens = count(name, value, MAX_OUTPUT_TOKENS);
                case "n" -> count(name, value, 1);
                case "messages" -> readMessages(value);
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

        private void readMessages(JsonToken value) throws IOException, ApiException {
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
                    promptBytes +=
                            utf8Length(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                }
            }
        }

        /** A message's content is a string, or a list of parts that have a text each. */
        private static boolean isText(String name) {
            return "content".equals(name) || "text".equals(name);
        }

        private static long utf8Length(char[] chars, int offset, int length) {
            long bytes = 0;
            for (int i = offset; i < offset + length; i++) {
                char c = chars[i];
                // Each half of a surrogate pair stands for two of its four bytes.
                bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
            return bytes;
        }

        private int outputTokens() {
            if (maxCompletionTokens > 0) {
                return maxCompletionTokens;
            }
            return maxTokens > 0 ? maxTokens : DEFAULT_OUTPUT_TOKENS;
        }

        private int promptTokens() {
            return (int) Math.max(1, (promptBytes + 3) / 4);
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
}
