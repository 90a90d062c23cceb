package io.inferometer.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An endpoint that answers {@code you said: } and the last message, in chat, responses and messages, and keeps the bodies. It
 * fails at what holds {@code fail}, and calls two tools at what holds {@code look}.
 */
final class TalkingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    TalkingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked, in no order. */
    List<JsonNode> bodies() {
        return bodies;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        JsonNode messages = body.has("input") ? body.path("input") : body.path("messages");
        JsonNode said = messages.path(messages.size() - 1).path("content");
        if (body.isObject()) {
            bodies.add(body);
        }
        boolean fails = said.asText().contains("fail");
        byte[] bytes = (fails
                        ? "{\"error\":{\"message\":\"no\"}}"
                        : answer(exchange.getRequestURI().getPath(), said))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", fails ? "application/json" : "text/event-stream");
        exchange.sendResponseHeaders(fails ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String answer(String path, JsonNode said) throws IOException {
        if (said.asText().contains("look")) {
            return calls(path);
        }
        String text = JSON.writeValueAsString("you said: " + said.asText());
        String half = text.substring(0, text.length() / 2) + '"';
        String rest = '"' + text.substring(text.length() / 2);
        if (path.endsWith("/responses")) {
            return "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":" + half + "}\n\n"
                    + "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":" + rest + "}\n\n"
                    + "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":"
                    + "{\"input_tokens\":5,\"output_tokens\":2}}}\n\n";
        }
        if (path.endsWith("/messages")) {
            return "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n"
                    + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                    + half + "}}\n\n"
                    + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                    + rest + "}}\n\n"
                    + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\n"
                    + "data: {\"type\":\"message_stop\"}\n\n";
        }
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":" + half + "}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + rest
                + "},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":"
                + said.asText().length()
                + ",\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":1}}}\n\n"
                + "data: [DONE]\n\n";
    }

    /** The same words, and two calls behind them. */
    private static String calls(String path) {
        List<String> events;
        if (path.endsWith("/responses")) {
            events = List.of(
                    "{'type':'response.output_text.delta','item_id':'m','output_index':0,'delta':'I look.'}",
                    "{'type':'response.output_item.added','output_index':1,'item':{'id':'f1','type':'function_call',"
                            + "'call_id':'c1','name':'find','arguments':''}}",
                    "{'type':'response.function_call_arguments.delta','item_id':'f1','output_index':1,'delta':'{~n~:'}",
                    "{'type':'response.function_call_arguments.delta','item_id':'f1','output_index':1,'delta':'1}'}",
                    "{'type':'response.output_item.added','output_index':2,'item':{'id':'f2','type':'function_call',"
                            + "'call_id':'c2','name':'find','arguments':''}}",
                    "{'type':'response.function_call_arguments.delta','item_id':'f2','output_index':2,'delta':'{~n~:2}'}",
                    "{'type':'response.completed','response':{'status':'completed'}}");
        } else if (path.endsWith("/messages")) {
            events = List.of(
                    "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'I look.'}}",
                    "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'c1','name':'find',"
                            + "'input':{}}}",
                    "{'type':'content_block_delta','index':1,'delta':{'partial_json':'{~n~:1}'}}",
                    "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'c2','name':'find',"
                            + "'input':{}}}",
                    "{'type':'content_block_delta','index':2,'delta':{'partial_json':'{~n~:2}'}}",
                    "{'type':'message_stop'}");
        } else {
            events = List.of(
                    "{'choices':[{'delta':{'content':'I look.'}}]}",
                    "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'find',"
                            + "'arguments':'{~n~:'}}]}}]}",
                    "{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':'1}'}}]}}]}",
                    "{'choices':[{'delta':{'tool_calls':[{'index':1,'id':'c2','type':'function','function':{'name':'find',"
                            + "'arguments':'{~n~:2}'}}]},'finish_reason':'tool_calls'}]}");
        }
        return events.stream()
                .map(event -> "data: " + event.replace('\'', '"').replace("~", "\\\"") + "\n\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
