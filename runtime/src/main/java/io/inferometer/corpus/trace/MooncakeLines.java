package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines that know a request by its time, its lengths and the ids of its blocks. */
final class MooncakeLines implements TraceFile.LineFormat {
    private static final Set<String> KEYS = Set.of("timestamp", "input_length", "output_length", "hash_ids");

    private final TraceSettings settings;

    MooncakeLines(TraceSettings settings) {
        this.settings = settings;
    }

    @Override
    public TracedRequest read(JsonLine line) {
        line.only(KEYS);
        return new TracedRequest(
                line.line(),
                Optional.of(line.time("timestamp", settings.timeUnit()).orElseThrow(() -> line.lacks("timestamp"))),
                blocks(line, settings.block()),
                line.count("output_length", 1),
                Map.of());
    }

    /** The prompt that a length and ids describe. */
    static Asked.Blocks blocks(JsonLine line, int blockTokens) {
        int tokens = line.count("input_length", 1).orElseThrow(() -> line.lacks("input_length"));
        List<Long> ids = line.wholes("hash_ids").orElse(List.of());
        try {
            return new Asked.Blocks(new HashBlocks(tokens, ids, blockTokens));
        } catch (IllegalArgumentException e) {
            throw line.bad("'hash_ids' doesn't fit 'input_length': " + e.getMessage());
        }
    }
}
