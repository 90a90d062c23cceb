package io.inferometer.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;

/** What other programs answered, kept as test resources. */
public final class Vectors {
    private Vectors() {}

    public static JsonNode cases(String resource) throws IOException {
        try (InputStream json = Vectors.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(json).get("cases");
        }
    }

    public static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
