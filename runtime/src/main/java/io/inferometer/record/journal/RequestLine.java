package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Carried;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that ended.
 *
 * <p>What is absent, false or empty is left out. Each event's time is the nanoseconds since the event before it, the
 * first one's since {@code sentNanos}; the endpoint's stamps count from {@code serverReceivedNanos} likewise. A base
 * that is absent counts as 0, and an event that the endpoint did not stamp is null.
 *
 * @param unchecked what the answer said, where a {@link CheckLine} is to follow with what its check found; null where none is
 * @param withText whether the answer's text is written
 */
record RequestLine(RequestRecord request, AnswerTexts unchecked, boolean withText) implements Line {
    static final String TYPE = "request";

    private static final long[] NO_TIMES = {};

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
        number(out, "scheduledNanos", request.scheduledNanos(), RequestRecord.ABSENT);
        number(out, "releasedNanos", request.releasedNanos(), RequestRecord.ABSENT);
        number(out, "sentNanos", request.sentNanos(), RequestRecord.ABSENT);
        number(out, "dialedNanos", request.opening().dialedNanos(), RequestRecord.ABSENT);
        number(out, "answeredNanos", request.opening().answeredNanos(), RequestRecord.ABSENT);
        number(out, "connectedNanos", request.opening().readyNanos(), RequestRecord.ABSENT);
        number(out, "headersNanos", request.headersNanos(), RequestRecord.ABSENT);
        number(out, "endNanos", request.endNanos(), RequestRecord.ABSENT);
        deltas(out, "eventDeltaNanos", request.sentNanos(), request.eventNanos());
        if (request.eventCarried().length > 0) {
            out.writeBinaryField("eventCarried", request.eventCarried());
        }
        number(out, "serverReceivedNanos", request.serverReceivedNanos(), RequestRecord.ABSENT);
        deltas(out, "serverEventDeltaNanos", request.serverReceivedNanos(), request.serverEventNanos());
        usage(out, request.usage());
        if (request.eventTokens().length > 0) {
            out.writeFieldName("eventTokens");
            out.writeArray(request.eventTokens(), 0, request.eventTokens().length);
        }
        number(out, "expectedPromptTokens", request.expectedPromptTokens(), Usage.ABSENT);
        number(out, "sharedPromptTokens", request.sharedPromptTokens(), Usage.ABSENT);
        number(out, "requestedOutputTokens", request.requestedOutputTokens(), Usage.ABSENT);
        flag(out, "ignoreEos", request.ignoreEos());
        form(out, request.form());
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

    private static void deltas(JsonGenerator out, String name, long base, long[] times) throws IOException {
        if (times.length == 0) {
            return;
        }
        long last = base == RequestRecord.ABSENT ? 0 : base;
        out.writeArrayFieldStart(name);
        for (long time : times) {
            if (time == RequestRecord.ABSENT) {
                out.writeNull();
            } else {
                out.writeNumber(time - last);
                last = time;
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
        number(out, "stage", place.stage(), Place.ABSENT);
        number(out, "session", place.session(), Place.ABSENT);
        number(out, "attempt", place.attempt(), 0);
        text(out, "branch", place.branch());
        number(out, "turn", place.turn(), Place.ABSENT);
        text(out, "sessionName", place.name());
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
        Reading reading = new Reading(fields);
        while (fields.next()) {
            reading.field(fields.name());
        }
        return new RequestLine(reading.toRecord(), reading.unchecked, true);
    }

    /** The fields of one line as they come. */
    private static final class Reading {
        private final LineFields fields;
        private AnswerTexts unchecked;
        private int trial;
        private int fork;
        private boolean warmup;
        private int iteration;
        private long index = -1;
        private int slot = -1;
        private int stage = Place.ABSENT;
        private long session = Place.ABSENT;
        private int attempt;
        private String branch = "";
        private int turn = Place.ABSENT;
        private String sessionName = "";
        private Outcome outcome;
        private int status;
        private String error = "";
        private boolean streamed;
        private long scheduled = RequestRecord.ABSENT;
        private long released = RequestRecord.ABSENT;
        private long sent = RequestRecord.ABSENT;
        private long dialed = RequestRecord.ABSENT;
        private long answered = RequestRecord.ABSENT;
        private long connected = RequestRecord.ABSENT;
        private long headers = RequestRecord.ABSENT;
        private long end = RequestRecord.ABSENT;
        private long[] eventDeltas = NO_TIMES;
        private final BitSet eventsAbsent = new BitSet();
        private byte[] carried = {};
        private long serverReceived = RequestRecord.ABSENT;
        private long[] serverDeltas = NO_TIMES;
        private final BitSet stampsAbsent = new BitSet();
        private Usage usage = Usage.NONE;
        /** What older journals tell in place of the counts by each event. */
        private int firstEventTokens = Usage.ABSENT;

        private long[] eventTokens = {};
        private String finishReason = "";
        private int choices = 1;
        private boolean reasoningInText;
        private String contentType = "";
        private int items;
        private boolean withoutLast;
        private Map<String, Integer> unknownEvents = Map.of();
        private int expectedPromptTokens = Usage.ABSENT;
        private int sharedPromptTokens = Usage.ABSENT;
        private int requestedOutputTokens = Usage.ABSENT;
        private boolean ignoreEos;
        private String text = "";

        private Reading(LineFields fields) {
            this.fields = fields;
        }

        private void field(String name) throws IOException {
            switch (name) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "warmup" -> warmup = fields.flag();
                case "iteration" -> iteration = fields.intValue();
                case "index" -> index = fields.longValue();
                case "slot" -> slot = fields.intValue();
                case "stage" -> stage = fields.intValue();
                case "session" -> session = fields.longValue();
                case "attempt" -> attempt = fields.intValue();
                case "branch" -> branch = fields.text();
                case "turn" -> turn = fields.intValue();
                case "sessionName" -> sessionName = fields.text();
                case "outcome" -> outcome = outcome(fields.text());
                case "status" -> status = fields.intValue();
                case "error" -> error = fields.text();
                case "streamed" -> streamed = fields.flag();
                case "scheduledNanos" -> scheduled = fields.longValue();
                case "releasedNanos" -> released = fields.longValue();
                case "sentNanos" -> sent = fields.longValue();
                case "dialedNanos" -> dialed = fields.longValue();
                case "answeredNanos" -> answered = fields.longValue();
                case "connectedNanos" -> connected = fields.longValue();
                case "headersNanos" -> headers = fields.longValue();
                case "endNanos" -> end = fields.longValue();
                case "eventDeltaNanos" -> eventDeltas = longs(eventsAbsent);
                case "eventCarried" -> carried = fields.binary();
                case "serverReceivedNanos" -> serverReceived = fields.longValue();
                case "serverEventDeltaNanos" -> serverDeltas = longs(stampsAbsent);
                case "usage" -> usage = usage();
                case "eventTokens" -> eventTokens = longs(new BitSet());
                case "finishReason" -> finishReason = fields.text();
                case "choices" -> choices = fields.intValue();
                case "reasoningInText" -> reasoningInText = fields.flag();
                case "contentType" -> contentType = fields.text();
                case "items" -> items = fields.intValue();
                case "withoutLastEvent" -> withoutLast = fields.flag();
                case "unknownEvents" -> unknownEvents = counts();
                case "firstEventTokens" -> firstEventTokens = fields.intValue();
                case "expectedPromptTokens" -> expectedPromptTokens = fields.intValue();
                case "sharedPromptTokens" -> sharedPromptTokens = fields.intValue();
                case "requestedOutputTokens" -> requestedOutputTokens = fields.intValue();
                case "ignoreEos" -> ignoreEos = fields.flag();
                case "text" -> text = fields.text();
                case "unchecked" -> unchecked = unchecked();
                default -> fields.skip();
            }
        }

        private RequestRecord toRecord() throws IOException {
            if (outcome == null) {
                throw new IOException("a request without an outcome");
            }
            if (index < 0) {
                throw new IOException("a request without an index");
            }
            if (eventDeltas.length != carried.length) {
                throw new IOException(eventDeltas.length + " event times but " + carried.length + " event kinds");
            }
            return new RequestRecord(
                    trial,
                    fork,
                    warmup,
                    iteration,
                    index,
                    slot,
                    new Place(stage, session, attempt, branch, turn, sessionName),
                    outcome,
                    status,
                    error,
                    streamed,
                    scheduled,
                    released,
                    sent,
                    new Opening(dialed, answered, connected),
                    headers,
                    end,
                    times(sent, eventDeltas, eventsAbsent),
                    carried,
                    serverReceived,
                    times(serverReceived, serverDeltas, stampsAbsent),
                    usage,
                    eventTokens(),
                    expectedPromptTokens,
                    sharedPromptTokens,
                    requestedOutputTokens,
                    ignoreEos,
                    new AnswerForm(
                            finishReason, choices, reasoningInText, contentType, items, withoutLast, unknownEvents),
                    text);
        }

        private int[] eventTokens() throws IOException {
            if (firstEventTokens != Usage.ABSENT) {
                int[] counts = new int[carried.length];
                Arrays.fill(counts, Usage.ABSENT);
                int first = 0;
                while (first < counts.length && !Carried.tokens(carried[first])) {
                    first++;
                }
                if (first < counts.length) {
                    counts[first] = firstEventTokens;
                }
                return counts;
            }
            if (eventTokens.length != 0 && eventTokens.length != carried.length) {
                throw new IOException(eventTokens.length + " event counts but " + carried.length + " event kinds");
            }
            return Arrays.stream(eventTokens).mapToInt(count -> (int) count).toArray();
        }

        private Outcome outcome(String label) throws IOException {
            try {
                return Outcome.ofLabel(label);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage());
            }
        }

        private AnswerTexts unchecked() throws IOException {
            String visible = "";
            String reasoning = "";
            boolean cut = false;
            fields.enterObject();
            while (fields.next()) {
                switch (fields.name()) {
                    case "visible" -> visible = fields.text();
                    case "reasoning" -> reasoning = fields.text();
                    case "cut" -> cut = fields.flag();
                    default -> fields.skip();
                }
            }
            return new AnswerTexts(visible, reasoning, !cut);
        }

        private Map<String, Integer> counts() throws IOException {
            Map<String, Integer> counts = new TreeMap<>();
            JsonParser in = fields.enterArray();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                String what = fields.text();
                in.nextToken();
                counts.put(what, fields.intValue());
            }
            return counts;
        }

        private Usage usage() throws IOException {
            int prompt = Usage.ABSENT;
            int completion = Usage.ABSENT;
            int reasoning = Usage.ABSENT;
            int cached = Usage.ABSENT;
            int total = Usage.ABSENT;
            fields.enterObject();
            while (fields.next()) {
                switch (fields.name()) {
                    case "promptTokens" -> prompt = fields.intValue();
                    case "completionTokens" -> completion = fields.intValue();
                    case "reasoningTokens" -> reasoning = fields.intValue();
                    case "cachedTokens" -> cached = fields.intValue();
                    case "totalTokens" -> total = fields.intValue();
                    default -> fields.skip();
                }
            }
            return new Usage(prompt, completion, reasoning, cached, total);
        }

        private long[] longs(BitSet absent) throws IOException {
            JsonParser in = fields.enterArray();
            long[] values = new long[64];
            int count = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, count * 2);
                }
                if (in.hasToken(JsonToken.VALUE_NULL)) {
                    absent.set(count++);
                } else {
                    values[count++] = fields.longValue();
                }
            }
            return Arrays.copyOf(values, count);
        }

        /**
         * The sums wrap around as the differences did, so that any times come back as they were: an absent one was once
         * written as a difference too.
         */
        private static long[] times(long base, long[] deltas, BitSet absent) {
            long time = base == RequestRecord.ABSENT ? 0 : base;
            for (int i = 0; i < deltas.length; i++) {
                time += deltas[i];
                deltas[i] = absent.get(i) ? RequestRecord.ABSENT : time;
            }
            return deltas;
        }
    }
}
