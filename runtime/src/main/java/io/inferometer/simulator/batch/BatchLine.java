package io.inferometer.simulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.JsonBody;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * One request of a job.
 *
 * @param customId the id that its client gave it
 * @param model the model asked for
 * @param body what is asked, JSON
 */
record BatchLine(String customId, String model, byte[] body) {
    /**
     * Reads a line of a file.
     *
     * @param endpoint the path that all requests of the job go to
     * @throws ApiException what is wrong with the line, with its code
     */
    static BatchLine read(String line, String endpoint) throws ApiException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        JsonNode json;
        try {
            json = JsonBody.object(bytes, 0, bytes.length);
        } catch (ApiException e) {
            throw problem("invalid_json_line", "This line is not a JSON object: " + e.getMessage(), null);
        }
        String customId = required(json, "custom_id");
        String method = required(json, "method");
        String url = required(json, "url");
        JsonNode body = json.path("body");
        if (!method.equals("POST")) {
            throw problem("invalid_method", "The method '" + method + "' is not POST.", "method");
        }
        if (!url.equals(endpoint)) {
            throw problem(
                    "mismatched_url", "The url '" + url + "' is not the batch's endpoint, " + endpoint + ".", "url");
        }
        if (!body.isObject()) {
            throw problem("missing_required_parameter", "The body is missing.", "body");
        }
        return new BatchLine(customId, required(body, "model"), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String required(JsonNode json, String name) throws ApiException {
        String text = json.path(name).textValue();
        if (text == null || text.isEmpty()) {
            throw problem("missing_required_parameter", "The " + name + " is missing.", name);
        }
        return text;
    }

    static ApiException problem(String code, String message, String param) {
        return ApiException.invalid(HttpResponseStatus.BAD_REQUEST, message, param, code);
    }
}
