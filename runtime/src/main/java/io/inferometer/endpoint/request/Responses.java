package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ResponsesScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.util.List;

/** The responses API of OpenAI and its kin. Nothing is stored: each request carries its whole conversation. */
final class Responses implements WireProtocol {
    static final Responses INSTANCE = new Responses();

    private Responses() {}

    @Override
    public String path() {
        return "/responses";
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_output_tokens");
    }

    @Override
    public void write(InferenceRequest request, ObjectNode body) {
        ArrayNode input = body.putArray("input");
        request.messages().forEach(message -> write(message, input.addObject()));
        body.put("store", false);
        if (request.streaming()) {
            body.put("stream", true);
        }
    }

    private static void write(Message message, ObjectNode item) {
        item.put("role", message.role());
        List<ContentPart> parts = message.parts();
        if (parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text) {
            item.put("content", text.text());
            return;
        }
        String type = message.role().equals("assistant") ? "output_text" : "input_text";
        ArrayNode content = item.putArray("content");
        for (ContentPart part : parts) {
            if (part instanceof ContentPart.Text text) {
                content.addObject().put("type", type).put("text", text.text());
            } else if (part instanceof ContentPart.ImageUrl image) {
                content.addObject().put("type", "input_image").put("image_url", image.url());
            }
        }
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.put("input", text);
    }

    @Override
    public FrameScanner scanner() {
        return new ResponsesScanner();
    }

    @Override
    public String ending() {
        return "response.completed or another event that ends it";
    }
}
