package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * OpenTelemetry's spans of generative AI: {@code {"spans": […]}}, or a session a line as {@code {trace_id, spans[]}}, or a
 * span a line. Spans come in the order in which they ended, and those of a trace may lie apart, so a file is read whole and
 * put in order by when they began. Spans that ask no model are passed over.
 */
final class Otel implements TalkReader {
    private final Entries entries;
    private final OptionalLong unitNanos;
    private final Map<String, List<OtelSpan>> traces = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Deque<BadEntry> bad = new ArrayDeque<>();
    private Iterator<Map.Entry<String, List<OtelSpan>>> sessions;
    private long first = Long.MAX_VALUE;
    private long passedOver;

    /** @param unitNanos the nanoseconds of the unit that times are numbers of; empty where they must be dates */
    Otel(Entries entries, OptionalLong unitNanos) {
        this.entries = entries;
        this.unitNanos = unitNanos;
    }

    @Override
    public Optional<RecordedSession> next() throws IOException {
        if (sessions == null) {
            read();
            sessions = traces.entrySet().stream()
                    .sorted(Comparator.comparingLong(trace -> begin(trace.getValue())))
                    .iterator();
        }
        if (!bad.isEmpty()) {
            throw bad.poll();
        }
        if (!sessions.hasNext()) {
            return Optional.empty();
        }
        Map.Entry<String, List<OtelSpan>> trace = sessions.next();
        return Optional.of(OtelSpan.session(trace.getKey(), trace.getValue(), first));
    }

    @Override
    public long passedOver() {
        return passedOver;
    }

    private static long begin(List<OtelSpan> spans) {
        return spans.stream().mapToLong(OtelSpan::startNanos).min().orElse(0);
    }

    private void read() throws IOException {
        while (true) {
            try {
                Optional<Entry> entry = entries.next();
                if (entry.isEmpty()) {
                    break;
                }
                take(entry.get());
            } catch (BadEntry e) {
                bad.add(e);
            }
        }
        // A conversation without one of its turns is another conversation.
        broken.forEach(traces::remove);
    }

    private void take(Entry entry) {
        try {
            Fields fields = entry.fields();
            if (!fields.has("spans")) {
                take(fields, fields.required("trace_id"), entry.line());
                return;
            }
            Optional<String> trace = fields.text("trace_id");
            List<Fields> spans = fields.someObjects("spans");
            fields.end();
            for (Fields span : spans) {
                take(span, trace.orElseGet(() -> span.required("trace_id")), entry.line());
            }
        } catch (BadEntry e) {
            throw e.at(entry.line());
        }
    }

    private void take(Fields span, String trace, long line) {
        try {
            Optional<OtelSpan> asked = OtelSpan.of(span, line, unitNanos);
            if (asked.isEmpty()) {
                passedOver++;
                return;
            }
            first = Math.min(first, asked.get().startNanos());
            traces.computeIfAbsent(trace, none -> new ArrayList<>()).add(asked.get());
        } catch (BadEntry e) {
            bad.add(e.at(line));
            broken.add(trace);
        }
    }

    /** The JSON that an attribute holds, as text or as it is. */
    static JsonNode parsed(Fields attributes, String key) {
        JsonNode value = attributes.value(key).orElseThrow(() -> attributes.missing(key));
        try {
            return value.isTextual() ? Entries.JSON.readTree(value.textValue()) : value;
        } catch (JsonProcessingException e) {
            throw attributes.bad(
                    key, "holds text that is no JSON: " + Entries.reason(e).replaceFirst("^it is not JSON: ", ""));
        }
    }
}
