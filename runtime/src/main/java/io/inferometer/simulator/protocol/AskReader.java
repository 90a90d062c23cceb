package io.inferometer.simulator.protocol;

import static io.inferometer.simulator.protocol.JsonBody.absent;
import static io.inferometer.simulator.protocol.JsonBody.count;
import static io.inferometer.simulator.protocol.JsonBody.text;
import static io.inferometer.simulator.protocol.JsonBody.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what the bodies of each protocol ask for. Every method refuses what can't be answered with status 400. */
final class AskReader {
    private static final Set<String> TEXTS = Set.of("content", "text", "output");
    private static final int MAX_INPUTS = 2_048;
    private static final int MAX_DIMENSIONS = 4_096;
    private static final int DIMENSIONS = 256;
    private static final String NO_INPUT = "input must be a text, a list of at most " + MAX_INPUTS
            + " texts, or token ids, or a list of at most " + MAX_INPUTS + " lists of those";

    private AskReader() {}

    static Ask chat(JsonNode body, String model) throws ApiException {
        Ask.Text wish = completion(body, tool(body.path("tool_choice"), body.path("tools"), "required"));
        String name = model(body, model);
        return new Ask(Protocol.CHAT, name, new Ask.Prompt(messages(body), List.of()), wish);
    }

    static Ask completions(JsonNode body, String model) throws ApiException {
        Ask.Text wish = completion(body, "");
        String name = model(body, model);
        List<String> texts = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        if (!addPrompt(body.path("prompt"), texts, ids)) {
            throw ApiException.badRequest("prompt must be a text, or a list of one text or of token ids", "prompt");
        }
        return new Ask(Protocol.COMPLETIONS, name, new Ask.Prompt(texts, ids), wish);
    }

    private static Ask.Text completion(JsonNode body, String tool) throws ApiException {
        boolean stream = truth(body, "stream", "stream");
        JsonNode options = body.path("stream_options");
        if (!absent(options) && !options.isObject()) {
            throw ApiException.badRequest("stream_options must be an object", "stream_options");
        }
        boolean includeUsage = truth(options, "include_usage", "stream_options.include_usage");
        int maxTokens = count(body, "max_tokens", Ask.MAX_OUTPUT_TOKENS);
        int maxCompletionTokens = count(body, "max_completion_tokens", Ask.MAX_OUTPUT_TOKENS);
        boolean ignoreEos = truth(body, "ignore_eos", "ignore_eos");
        count(body, "n", 1);
        int most = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        return new Ask.Text(stream, includeUsage, most, ignoreEos, tool);
    }

    static Ask responses(JsonNode body, String model) throws ApiException {
        Ask.Text wish = new Ask.Text(
                truth(body, "stream", "stream"),
                true,
                count(body, "max_output_tokens", Ask.MAX_OUTPUT_TOKENS),
                truth(body, "ignore_eos", "ignore_eos"),
                tool(body.path("tool_choice"), body.path("tools"), "required"));
        String name = model(body, model);
        String previous = text(body, "previous_response_id");
        if (previous != null) {
            throw ApiException.invalid(
                    HttpResponseStatus.BAD_REQUEST,
                    "no response '" + previous + "': none is stored here",
                    "previous_response_id",
                    "previous_response_not_found");
        }
        List<String> texts = new ArrayList<>();
        addText(text(body, "instructions"), texts);
        JsonNode input = body.path("input");
        addText(input.textValue(), texts);
        addTexts(input, texts);
        if (!input.isTextual() && !anyObject(input)) {
            throw ApiException.badRequest("input must be a text, or a list of at least one item", "input");
        }
        return new Ask(Protocol.RESPONSES, name, new Ask.Prompt(texts, List.of()), wish);
    }

    static Ask messages(JsonNode body, String model) throws ApiException {
        boolean stream = truth(body, "stream", "stream");
        int maxTokens = count(body, "max_tokens", Ask.MAX_OUTPUT_TOKENS);
        boolean ignoreEos = truth(body, "ignore_eos", "ignore_eos");
        String name = model(body, model);
        if (maxTokens == 0) {
            throw ApiException.badRequest("max_tokens is missing", "max_tokens");
        }
        List<String> texts = new ArrayList<>();
        addText(body.path("system").textValue(), texts);
        addTexts(body.path("system"), texts);
        texts.addAll(messages(body));
        String tool = tool(body.path("tool_choice"), body.path("tools"), "any");
        return new Ask(
                Protocol.MESSAGES,
                name,
                new Ask.Prompt(texts, List.of()),
                new Ask.Text(stream, true, maxTokens, ignoreEos, tool));
    }

    static Ask embeddings(JsonNode body, String model) throws ApiException {
        String name = model(body, model);
        int dimensions = count(body, "dimensions", MAX_DIMENSIONS);
        String format = text(body, "encoding_format");
        if (format != null && !format.equals("float") && !format.equals("base64")) {
            throw ApiException.badRequest("encoding_format must be float or base64", "encoding_format");
        }
        JsonNode input = body.path("input");
        boolean one = input.isTextual() || input.path(0).isIntegralNumber();
        List<JsonNode> inputs = new ArrayList<>();
        (one ? List.of(input) : input).forEach(inputs::add);
        List<String> texts = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode each : inputs) {
            if (!addOne(each, texts, ids)) {
                throw ApiException.badRequest(NO_INPUT, "input");
            }
        }
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
            throw ApiException.badRequest(NO_INPUT, "input");
        }
        Ask.Vectors wish = new Ask.Vectors(
                inputs.stream().map(JsonNode::toString).toList(),
                dimensions == 0 ? DIMENSIONS : dimensions,
                "base64".equals(format));
        return new Ask(Protocol.EMBEDDINGS, name, new Ask.Prompt(texts, ids), wish);
    }

    static Ask rerank(JsonNode body, String model) throws ApiException {
        String name = model(body, model);
        String query = text(body, "query");
        if (query == null) {
            throw ApiException.badRequest("query is missing", "query");
        }
        List<String> documents = new ArrayList<>();
        for (JsonNode document : body.path("documents")) {
            String text = document.isTextual()
                    ? document.textValue()
                    : document.path("text").textValue();
            if (text == null) {
                throw ApiException.badRequest("documents must be texts, or objects with a text each", "documents");
            }
            documents.add(text);
        }
        if (documents.isEmpty()) {
            throw ApiException.badRequest("documents must be a list of at least one text", "documents");
        }
        int topN = count(body, "top_n", Ask.MAX_OUTPUT_TOKENS);
        boolean withTexts =
                absent(body.path("return_documents")) || truth(body, "return_documents", "return_documents");
        List<String> texts = new ArrayList<>(documents);
        texts.add(query);
        int most = topN == 0 ? documents.size() : Math.min(topN, documents.size());
        return new Ask(
                Protocol.RERANK,
                name,
                new Ask.Prompt(texts, List.of()),
                new Ask.Ranking(query, documents, most, withTexts));
    }

    /** The texts of a body that has nothing but a prompt, in either form. */
    static List<String> texts(JsonNode body) throws ApiException {
        List<String> texts = new ArrayList<>();
        addTexts(body.path("messages"), texts);
        if (!addPrompt(body.path("prompt"), texts, new ArrayList<>()) && !anyObject(body.path("messages"))) {
            throw ApiException.badRequest("prompt or messages is missing", "prompt");
        }
        return texts;
    }

    private static String model(JsonNode body, String otherwise) throws ApiException {
        String model = text(body, "model");
        if (model == null && otherwise.isEmpty()) {
            throw ApiException.badRequest("model is missing", "model");
        }
        return model == null ? otherwise : model;
    }

    /**
     * The function that a request wants to be called: the one that it names, or the first that there is where it wants any;
     * empty where it leaves that to the model, which calls none.
     */
    private static String tool(JsonNode choice, JsonNode tools, String any) {
        String named = name(choice);
        boolean wanted =
                choice.asText().equals(any) || choice.path("type").asText().equals(any);
        return !named.isEmpty() || !wanted ? named : name(tools.path(0));
    }

    private static String name(JsonNode tool) {
        return tool.path("name").asText(tool.path("function").path("name").asText());
    }

    private static List<String> messages(JsonNode body) throws ApiException {
        JsonNode messages = body.path("messages");
        if (!anyObject(messages)) {
            throw ApiException.badRequest("messages must be a list of at least one message", "messages");
        }
        List<String> texts = new ArrayList<>();
        addTexts(messages, texts);
        return texts;
    }

    private static boolean anyObject(JsonNode list) {
        boolean any = false;
        for (JsonNode item : list) {
            any |= item.isObject();
        }
        return list.isArray() && any;
    }

    private static void addText(String text, List<String> texts) {
        if (text != null) {
            texts.add(text);
        }
    }

    /** A message's content is a string, or a list of parts that have a text each. */
    private static void addTexts(JsonNode node, List<String> texts) {
        node.properties().forEach(member -> {
            if (member.getValue().isTextual() && TEXTS.contains(member.getKey())) {
                texts.add(member.getValue().textValue());
            }
        });
        node.forEach(child -> addTexts(child, texts));
    }

    /** Takes a text, a list of one text, a list of token ids, or a list of one such list, as {@link #addOne} does. */
    private static boolean addPrompt(JsonNode prompt, List<String> texts, List<Integer> ids) {
        boolean wrapped =
                prompt.isArray() && prompt.size() == 1 && !prompt.path(0).isIntegralNumber();
        return addOne(wrapped ? prompt.path(0) : prompt, texts, ids);
    }

    /** Takes a text or a list of token ids; returns whether it is one of them. */
    private static boolean addOne(JsonNode prompt, List<String> texts, List<Integer> ids) {
        if (prompt.isTextual()) {
            texts.add(prompt.textValue());
            return true;
        }
        boolean allIds = prompt.isArray() && !prompt.isEmpty();
        for (JsonNode id : prompt) {
            allIds &= id.isIntegralNumber();
        }
        if (allIds) {
            prompt.forEach(id -> ids.add(id.intValue()));
        }
        return allIds;
    }
}
