package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.JsonText;
import java.nio.file.Path;

/**
 * A file that the endpoint keeps.
 *
 * @param id its id
 * @param name the name that it was given
 * @param purpose what it is for
 * @param bytes how long it is
 * @param createdSeconds since when there is it, Unix time
 * @param path where it is
 */
public record StoredFile(String id, String name, String purpose, long bytes, long createdSeconds, Path path) {
    /** The file object of the API. */
    String json() {
        return "{\"id\":\"" + id + "\",\"object\":\"file\",\"bytes\":" + bytes + ",\"created_at\":" + createdSeconds
                + ",\"filename\":" + JsonText.quote(name) + ",\"purpose\":" + JsonText.quote(purpose)
                + ",\"status\":\"processed\"}";
    }
}
