package io.inferometer.stats;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenAccounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes records for tests; times are milliseconds since the start of the run. */
public final class ARequest {
    private final List<Double> eventMillis = new ArrayList<>();
    private final List<Integer> eventCarried = new ArrayList<>();
    private int trial;
    private int fork;
    private boolean warmup;
    private int iteration;
    private long index;
    private int slot;
    private Place place = Place.NONE;
    private Outcome outcome = Outcome.SUCCESS;
    private int status = 200;
    private String error = "";
    private boolean streamed = true;
    private double scheduled;
    private double released;
    private double sent;
    private Opening opening = Opening.NONE;
    private double end = Double.NaN;
    private Usage usage = Usage.NONE;
    private double serverReceived = Double.NaN;
    private double[] serverMillis = {};
    private int[] eventTokens = {};
    private AnswerForm form = AnswerForm.NONE;
    private int expectedPromptTokens = Usage.ABSENT;
    private int sharedPromptTokens = Usage.ABSENT;
    private int requestedOutputTokens = Usage.ABSENT;
    private boolean ignoreEos;
    private String text = "";

    private ARequest() {}

    /** A streamed success, sent at a time, without an event yet. */
    public static ARequest sent(double millis) {
        ARequest request = new ARequest();
        request.scheduled = millis;
        request.released = millis;
        request.sent = millis;
        return request;
    }

    /** A streamed success: a role, then tokens as regular as a metronome, then the usage. */
    public static ARequest metronome(double sentMillis, double ttftMillis, double itlMillis, int tokens) {
        ARequest request = sent(sentMillis).event(sentMillis + ttftMillis, Carried.CHOICES | Carried.ROLE);
        for (int i = 0; i < tokens; i++) {
            request.event(sentMillis + ttftMillis + i * itlMillis, Carried.CHOICES | Carried.CONTENT);
        }
        double last = sentMillis + ttftMillis + (tokens - 1) * itlMillis;
        return request.event(last, Carried.CHOICES | Carried.FINISH)
                .event(last, Carried.USAGE)
                .usage(10, tokens)
                .end(last + 1);
    }

    public ARequest of(int trialIndex, boolean isWarmup, int iterationNumber) {
        trial = trialIndex;
        warmup = isWarmup;
        iteration = iterationNumber;
        return this;
    }

    public ARequest fork(int number) {
        fork = number;
        return this;
    }

    public ARequest index(long number) {
        index = number;
        return this;
    }

    public ARequest slot(int number) {
        slot = number;
        return this;
    }

    public ARequest scheduled(double millis) {
        scheduled = millis;
        return this;
    }

    public ARequest released(double millis) {
        released = millis;
        return this;
    }

    public ARequest event(double millis, int carried) {
        eventMillis.add(millis);
        eventCarried.add(carried);
        return this;
    }

    public ARequest token(double millis) {
        return event(millis, Carried.CHOICES | Carried.CONTENT);
    }

    public ARequest end(double millis) {
        end = millis;
        return this;
    }

    /** What the endpoint says, by its own clock: when it had read the request, and when it wrote each event. */
    public ARequest stamps(double receivedMillis, double... eventsMillis) {
        serverReceived = receivedMillis;
        serverMillis = eventsMillis;
        return this;
    }

    /** The endpoint says that each event was so many ms earlier there than here. */
    public ARequest late(double millis) {
        return stamps(sent, eventMillis.stream().mapToDouble(at -> at - millis).toArray());
    }

    public ARequest notStreamed() {
        streamed = false;
        return this;
    }

    public ARequest neverSent() {
        sent = Double.NaN;
        return this;
    }

    public ARequest failed(Outcome how, int httpStatus, String message) {
        outcome = how;
        status = httpStatus;
        error = message;
        return this;
    }

    public ARequest usage(int prompt, int completion) {
        usage = new Usage(prompt, completion, Usage.ABSENT, Usage.ABSENT);
        return this;
    }

    public ARequest usage(Usage told) {
        usage = told;
        return this;
    }

    /** What the endpoint had counted by each of the first events with text. */
    public ARequest tokensByEvent(int... soFar) {
        eventTokens = soFar;
        return this;
    }

    private int[] eventTokens(byte[] carried) {
        if (eventTokens.length == 0) {
            return eventTokens;
        }
        int[] all = new int[carried.length];
        Arrays.fill(all, Usage.ABSENT);
        for (int i = 0, next = 0; i < all.length && next < eventTokens.length; i++) {
            if (Carried.tokens(carried[i]) || Carried.empty(carried[i])) {
                all[i] = eventTokens[next++];
            }
        }
        return all;
    }

    public ARequest form(AnswerForm like) {
        form = like;
        return this;
    }

    /** An answer in one body that embeds so many texts, or puts so many documents in order. */
    public ARequest items(int count) {
        form = new AnswerForm("", 1, false, "", count, false, Map.of());
        return notStreamed();
    }

    /** How many leading tokens an earlier request had, by the data. */
    public ARequest sharedPromptTokens(int tokens) {
        sharedPromptTokens = tokens;
        return this;
    }

    public ARequest expectedPromptTokens(int tokens) {
        expectedPromptTokens = tokens;
        return this;
    }

    /** Asks for an exact length. */
    public ARequest asked(int tokens) {
        return askedAtMost(tokens, true);
    }

    public ARequest askedAtMost(int tokens, boolean exactly) {
        requestedOutputTokens = tokens;
        ignoreEos = exactly;
        return this;
    }

    /** It had to wait for a connection of its own. */
    public ARequest opened(double dialedMillis, double answeredMillis, double readyMillis) {
        opening = new Opening(nanos(dialedMillis), nanos(answeredMillis), nanos(readyMillis));
        return this;
    }

    /** Where in its load it stood. */
    public ARequest place(Place where) {
        place = where;
        return this;
    }

    public ARequest text(String answer) {
        text = answer;
        return this;
    }

    public RequestRecord record() {
        long[] nanos = eventMillis.stream().mapToLong(ARequest::nanos).toArray();
        byte[] carried = new byte[nanos.length];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = eventCarried.get(i).byteValue();
        }
        double lastEvent = eventMillis.isEmpty() ? sent : eventMillis.get(eventMillis.size() - 1);
        return new RequestRecord(
                trial,
                fork,
                warmup,
                iteration,
                index,
                slot,
                place,
                outcome,
                status,
                error,
                streamed,
                nanos(scheduled),
                nanos(released),
                nanos(sent),
                opening,
                eventMillis.isEmpty() ? RequestRecord.ABSENT : nanos(sent),
                nanos(Double.isNaN(end) ? lastEvent : end),
                nanos,
                carried,
                nanos(serverReceived),
                Arrays.stream(serverMillis).mapToLong(ARequest::nanos).toArray(),
                usage,
                eventTokens(carried),
                expectedPromptTokens,
                sharedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                form,
                "",
                text);
    }

    private static long nanos(double millis) {
        return Double.isNaN(millis) ? RequestRecord.ABSENT : Math.round(millis * 1e6);
    }

    /** The record's metrics, its tokens counted without a tokenizer. */
    public static RequestMetrics metrics(RequestRecord record) {
        return RequestMetrics.of(record, TokenAccounting.withoutTokenizer().count(record));
    }
}
