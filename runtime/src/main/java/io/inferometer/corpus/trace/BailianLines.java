package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines of chats that may go on with an earlier one, which has to stand before them; keeps the number of each chat. */
final class BailianLines implements TraceFile.LineFormat {
    private static final Set<String> KEYS = Set.of(
            "chat_id", "parent_chat_id", "timestamp", "input_length", "output_length", "type", "turn", "hash_ids");
    private static final long ROOT = -1;

    private final TraceSettings settings;
    private final Set<Long> chats = new HashSet<>();

    BailianLines(TraceSettings settings) {
        this.settings = settings;
    }

    @Override
    public TracedRequest read(JsonLine line) {
        line.only(KEYS);
        long chat = line.whole("chat_id").orElseThrow(() -> line.lacks("chat_id"));
        long parent = line.whole("parent_chat_id").orElse(ROOT);
        line.count("turn", 0);
        if (parent != ROOT && !chats.contains(parent)) {
            throw line.bad("it goes on with chat " + parent + ", which doesn't stand before it");
        }
        TracedRequest request = new TracedRequest(
                line.line(),
                Optional.of(line.time("timestamp", settings.timeUnit()).orElseThrow(() -> line.lacks("timestamp"))),
                MooncakeLines.blocks(line, settings.block()),
                line.count("output_length", 1),
                Map.of());
        if (!chats.add(chat)) {
            throw line.bad("chat " + chat + " stands there twice");
        }
        return request;
    }
}
