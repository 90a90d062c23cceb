package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;
import java.util.Map;

/**
 * A request that ended.
 *
 * <p>What is absent, false or empty is left out, and times are differences: see {@link RequestTimes}. {@code bits} are what
 * each event carried. Of {@code counts}, the endpoint's by each event, each is the difference to the one before it; an event
 * without one is null.
 *
 * @param unchecked what the answer said, where a {@link CheckLine} is to follow with what its check found; null where none is
 * @param withText whether the answer's text is written
 */
record RequestLine(RequestRecord request, AnswerTexts unchecked, boolean withText) implements Line {
    static final String TYPE = "request";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", request.trial());
        out.writeNumberField("fork", request.fork());
        flag(out, "warmup", request.warmup());
        out.writeNumberField("iteration", request.iteration());
        out.writeNumberField("index", request.index());
        number(out, "slot", request.slot(), -1);
        place(out, request.place());
        out.writeStringField("outcome", request.outcome().label());
        number(out, "status", request.status(), 0);
        text(out, "error", request.error());
        flag(out, "streamed", request.streamed());
        RequestTimes.write(out, request);
        if (request.eventCarried().length > 0) {
            out.writeBinaryField("bits", request.eventCarried());
        }
        usage(out, request.usage());
        counts(out, request.eventTokens());
        number(out, "expectedPromptTokens", request.expectedPromptTokens(), Usage.ABSENT);
        number(out, "sharedPromptTokens", request.sharedPromptTokens(), Usage.ABSENT);
        number(out, "requestedOutputTokens", request.requestedOutputTokens(), Usage.ABSENT);
        flag(out, "ignoreEos", request.ignoreEos());
        form(out, request.form());
        text(out, "traceId", request.traceId());
        if (withText) {
            text(out, "text", request.text());
        } else {
            out.writeBooleanField("textCut", true);
        }
        if (unchecked != null) {
            out.writeObjectFieldStart("unchecked");
            text(out, "visible", unchecked.visible());
            text(out, "reasoning", unchecked.reasoning());
            flag(out, "cut", !unchecked.whole());
            out.writeEndObject();
        }
    }

    /** The same without texts, which would make it too long to be read. */
    RequestLine cut() {
        return new RequestLine(request, unchecked == null ? null : AnswerTexts.CUT, false);
    }

    /** As differences: most endpoints that count by each event count on by one. */
    private static void counts(JsonGenerator out, int... counts) throws IOException {
        if (counts.length == 0) {
            return;
        }
        out.writeArrayFieldStart("counts");
        long last = 0;
        for (int count : counts) {
            if (count == Usage.ABSENT) {
                out.writeNull();
            } else {
                out.writeNumber(count - last);
                last = count;
            }
        }
        out.writeEndArray();
    }

    private static void usage(JsonGenerator out, Usage usage) throws IOException {
        if (usage.equals(Usage.NONE)) {
            return;
        }
        out.writeObjectFieldStart("usage");
        number(out, "promptTokens", usage.promptTokens(), Usage.ABSENT);
        number(out, "completionTokens", usage.completionTokens(), Usage.ABSENT);
        number(out, "reasoningTokens", usage.reasoningTokens(), Usage.ABSENT);
        number(out, "cachedTokens", usage.cachedTokens(), Usage.ABSENT);
        number(out, "totalTokens", usage.totalTokens(), Usage.ABSENT);
        out.writeEndObject();
    }

    private static void place(JsonGenerator out, Place place) throws IOException {
        number(out, "member", place.member(), Place.ABSENT);
        number(out, "stage", place.stage(), Place.ABSENT);
        number(out, "session", place.session(), Place.ABSENT);
        number(out, "attempt", place.attempt(), 0);
        text(out, "branch", place.branch());
        number(out, "turn", place.turn(), Place.ABSENT);
        text(out, "sessionName", place.name());
        number(out, "thinkNanos", place.pause().declaredNanos(), Pause.ABSENT);
        number(out, "waitNanos", place.pause().wantedNanos(), place.pause().declaredNanos());
    }

    private static void form(JsonGenerator out, AnswerForm form) throws IOException {
        text(out, "finishReason", form.finishReason());
        number(out, "choices", form.choices(), 1);
        flag(out, "reasoningInText", form.reasoningInText());
        text(out, "contentType", form.contentType());
        number(out, "items", form.items(), 0);
        flag(out, "withoutLastEvent", form.withoutLast());
        if (!form.unknownEvents().isEmpty()) {
            // Each type, and then how many: not every text that an endpoint may send can be the name of a field.
            out.writeArrayFieldStart("unknownEvents");
            for (Map.Entry<String, Integer> event : form.unknownEvents().entrySet()) {
                out.writeString(event.getKey());
                out.writeNumber(event.getValue());
            }
            out.writeEndArray();
        }
    }

    private static void number(JsonGenerator out, String name, long value, long absent) throws IOException {
        if (value != absent) {
            out.writeNumberField(name, value);
        }
    }

    private static void flag(JsonGenerator out, String name, boolean value) throws IOException {
        if (value) {
            out.writeBooleanField(name, true);
        }
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.request(request);
    }

    static RequestLine read(LineFields fields) throws IOException {
        RequestReading reading = new RequestReading(fields);
        RequestRecord request = reading.read();
        return new RequestLine(request, reading.unchecked(), true);
    }
}
