package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.record.journal.json.LineFields;
import io.inferometer.record.journal.json.LineFields.Numbers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the fields of a request's line as they come: today's, and those of the first version, which had a name and a whole
 * value for what arrays of differences hold now.
 */
final class RequestReading {
    private final LineFields fields;
    private final RequestTimes times = new RequestTimes();
    private AnswerTexts unchecked;
    private int trial;
    private int fork;
    private boolean warmup;
    private int iteration;
    private long index = -1;
    private int slot = -1;
    private int member = Place.ABSENT;
    private int stage = Place.ABSENT;
    private long session = Place.ABSENT;
    private int attempt;
    private String branch = "";
    private int turn = Place.ABSENT;
    private String sessionName = "";
    private long think = Pause.ABSENT;
    private long wait = Pause.ABSENT;
    private Outcome outcome;
    private int status;
    private String error = "";
    private boolean streamed;
    private byte[] carried = {};
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
    private String traceId = "";
    private int requestedOutputTokens = Usage.ABSENT;
    private boolean ignoreEos;
    private String text = "";

    RequestReading(LineFields fields) {
        this.fields = fields;
    }

    /** Reads all fields. */
    RequestRecord read() throws IOException {
        while (fields.next()) {
            if (!times.take(fields)) {
                field(fields.name());
            }
        }
        return toRecord();
    }

    /** What the answer said that is yet to be checked; null where none is. */
    AnswerTexts unchecked() {
        return unchecked;
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "bits" -> carried = fields.binary();
            case "counts" -> eventTokens = counted(fields.numbers());
            case "trial" -> trial = fields.intValue();
            case "fork" -> fork = fields.intValue();
            case "warmup" -> warmup = fields.flag();
            case "iteration" -> iteration = fields.intValue();
            case "index" -> index = fields.longValue();
            case "slot" -> slot = fields.intValue();
            case "member" -> member = fields.intValue();
            case "stage" -> stage = fields.intValue();
            case "session" -> session = fields.longValue();
            case "attempt" -> attempt = fields.intValue();
            case "branch" -> branch = fields.text();
            case "turn" -> turn = fields.intValue();
            case "sessionName" -> sessionName = fields.text();
            case "thinkNanos" -> think = fields.longValue();
            case "waitNanos" -> wait = fields.longValue();
            case "outcome" -> outcome = outcome(fields.text());
            case "status" -> status = fields.intValue();
            case "error" -> error = fields.text();
            case "streamed" -> streamed = fields.flag();
            case "eventCarried" -> carried = fields.binary();
            case "usage" -> usage = usage();
            case "eventTokens" -> eventTokens = fields.numbers().values();
            case "finishReason" -> finishReason = fields.text();
            case "choices" -> choices = fields.intValue();
            case "reasoningInText" -> reasoningInText = fields.flag();
            case "contentType" -> contentType = fields.text();
            case "items" -> items = fields.intValue();
            case "withoutLastEvent" -> withoutLast = fields.flag();
            case "unknownEvents" -> unknownEvents = unknownEvents();
            case "firstEventTokens" -> firstEventTokens = fields.intValue();
            case "expectedPromptTokens" -> expectedPromptTokens = fields.intValue();
            case "sharedPromptTokens" -> sharedPromptTokens = fields.intValue();
            case "requestedOutputTokens" -> requestedOutputTokens = fields.intValue();
            case "ignoreEos" -> ignoreEos = fields.flag();
            case "traceId" -> traceId = fields.text();
            case "text" -> text = fields.text();
            case "unchecked" -> unchecked = texts();
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
        times.resolve();
        if (times.events().length != carried.length) {
            throw new IOException(times.events().length + " event times but " + carried.length + " event kinds");
        }
        return new RequestRecord(
                trial,
                fork,
                warmup,
                iteration,
                index,
                slot,
                new Place(stage, session, attempt, branch, turn, sessionName, pause(), member),
                outcome,
                status,
                error,
                streamed,
                times.scheduled(),
                times.released(),
                times.sent(),
                times.opening(),
                times.headers(),
                times.end(),
                times.events(),
                carried,
                times.received(),
                times.stamps(),
                usage,
                eventTokens(),
                expectedPromptTokens,
                sharedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                new AnswerForm(finishReason, choices, reasoningInText, contentType, items, withoutLast, unknownEvents),
                traceId,
                text);
    }

    private static long[] counted(Numbers steps) {
        long[] counts = steps.sums(0);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = steps.has(i) ? counts[i] : Usage.ABSENT;
        }
        return counts;
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

    private AnswerTexts texts() throws IOException {
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

    private Map<String, Integer> unknownEvents() throws IOException {
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

    private Pause pause() {
        return think == Pause.ABSENT ? Pause.NONE : new Pause(think, wait == Pause.ABSENT ? think : wait);
    }
}
