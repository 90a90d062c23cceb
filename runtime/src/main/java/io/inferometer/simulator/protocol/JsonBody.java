package io.inferometer.simulator.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The members of a request's body, each of the type that it has to have. */
public final class JsonBody {
    /** The longest body that is read, in bytes. */
    public static final int MAX_BYTES = 32 << 20;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build())
            .build());

    private JsonBody() {}

    /**
     * Reads a JSON object.
     *
     * @throws ApiException status 400 if it is none
     */
    public static JsonNode object(byte[] bytes, int offset, int length) throws ApiException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            JsonNode body = parser.readValueAsTree();
            if (body == null || !body.isObject()) {
                throw ApiException.badRequest("the body must be a JSON object", null);
            }
            if (parser.nextToken() != null) {
                throw ApiException.badRequest("the body must be one JSON object and nothing after it", null);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always readable
        }
    }

    static boolean absent(JsonNode field) {
        return field.isMissingNode() || field.isNull();
    }

    /** A text, or null where there is none. */
    public static String text(JsonNode body, String name) throws ApiException {
        JsonNode field = body.path(name);
        if (!absent(field) && !field.isTextual()) {
            throw ApiException.badRequest(name + " must be a string", name);
        }
        return field.textValue();
    }

    static boolean truth(JsonNode body, String name, String path) throws ApiException {
        JsonNode field = body.path(name);
        if (!absent(field) && !field.isBoolean()) {
            throw ApiException.badRequest(path + " must be true or false", path);
        }
        return field.booleanValue();
    }

    /** A whole number, or 0 where there is none. */
    static int count(JsonNode body, String name, int most) throws ApiException {
        JsonNode field = body.path(name);
        if (absent(field)) {
            return 0;
        }
        if (!field.isIntegralNumber() || !field.canConvertToInt() || field.intValue() < 1 || field.intValue() > most) {
            throw ApiException.badRequest(
                    name + " must be " + (most == 1 ? "1" : "a whole number from 1 to " + most), name);
        }
        return field.intValue();
    }
}
