package io.inferometer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A request as its line has it, and its figures by their definitions alone; for {@link Recomputation}. */
final class RecomputedRequest {
    static final int VISIBLE = 1 << 2;
    static final int REASONING = 1 << 3;
    private static final int FINISH = 64;
    private static final int TOKENS = VISIBLE | REASONING | 1 << 4 | 1 << 5;

    final JsonNode line;
    final int fork;
    final int iteration;
    final int stretch;
    final double index;
    final int slot;
    final int member;
    final String outcome;
    final Double scheduled;
    final Double released;
    final Double sent;
    final Double dialed;
    final Double answered;
    final Double ready;
    final double end;
    final double[] tokenEvents;
    final int[] tokenBits;
    final Double[] tokenStamps;
    final int[] tokensByThen;
    final Double finish;
    final boolean stamped;
    final int stage;
    boolean complete;

    RecomputedRequest(JsonNode line, int stretch) {
        this.line = line;
        this.stretch = stretch;
        fork = line.path("fork").asInt();
        iteration = line.path("iteration").asInt();
        index = line.path("index").asDouble();
        member = line.path("member").asInt(-1);
        slot = line.path("slot").asInt(-1);
        stage = line.path("stage").asInt(-1);
        outcome = line.path("outcome").asText();
        Double[] at = behindEachOther("at", null);
        scheduled = at[0];
        released = at[1];
        sent = at[2];
        Double[] opening = behindEachOther("opening", released);
        dialed = opening[0];
        answered = opening[1];
        ready = opening[2];
        List<Double> gaps = gaps("gaps");
        Double[] events = sums(gaps, sent);
        end = line.path("at").path(4).asDouble() + (events.length == 0 ? last(at) : events[events.length - 1]);
        Double received = received();
        byte[] bits = bits();
        Double[] stamps = sums(serverGaps(gaps), received);
        stamped = received != null && stamps.length > 0;
        int[] bearing = IntStream.range(0, bits.length)
                .filter(i -> (bits[i] & TOKENS) != 0)
                .toArray();
        tokenEvents = Arrays.stream(bearing).mapToDouble(i -> events[i]).toArray();
        tokenBits = Arrays.stream(bearing).map(i -> bits[i]).toArray();
        tokensByThen = Arrays.stream(bearing)
                .map(i -> line.path("counts").path(i).isNumber()
                        ? IntStream.rangeClosed(0, i)
                                .map(j -> line.path("counts").path(j).asInt(0))
                                .sum()
                        : -1)
                .toArray();
        finish = IntStream.range(0, bits.length)
                .filter(i -> (bits[i] & FINISH) != 0)
                .mapToObj(i -> events[i])
                .findFirst()
                .orElse(null);
        tokenStamps = Arrays.stream(bearing)
                .mapToObj(i -> stamped && stamps[i] != null ? (Double) (stamps[i] - received) : null)
                .toArray(Double[]::new);
    }

    private byte[] bits() {
        try {
            return line.has("bits") ? line.get("bits").binaryValue() : new byte[0];
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Times that each count from the one before it that is known. */
    private List<Double> gaps(String name) {
        JsonNode field = line.path(name);
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < field.size(); i++) {
            double usual = i == 1 ? 0 : field.path(0).asDouble();
            gaps.add(field.path(i).isNull() ? null : (Double) (field.path(i).asDouble() + usual));
        }
        return gaps;
    }

    private Double received() {
        if (line.has("receivedMicros")) {
            return line.get("receivedMicros").asDouble() * 1_000;
        }
        return line.has("received") ? (Double) (line.get("received").asDouble() + (sent == null ? 0 : sent)) : null;
    }

    private List<Double> serverGaps(List<Double> gaps) {
        if (line.has("servedMicros")) {
            return gaps("servedMicros").stream()
                    .map(gap -> gap == null ? null : (Double) (gap * 1_000))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        List<Double> serverGaps = new ArrayList<>();
        for (JsonNode gap : line.path("stamps")) {
            int i = serverGaps.size();
            serverGaps.add(gap.isNull() ? null : (Double) (gap.asDouble() + (i < gaps.size() ? gaps.get(i) : 0)));
        }
        return serverGaps;
    }

    private Double[] behindEachOther(String name, Double base) {
        Double[] times = new Double[5];
        double time = base == null ? 0 : base;
        for (int i = 0; i < Math.min(4, line.path(name).size()); i++) {
            JsonNode since = line.path(name).path(i);
            time += since.asDouble();
            times[i] = since.isNull() ? null : (Double) time;
        }
        return times;
    }

    private static double last(Double... times) {
        return Arrays.stream(times).filter(time -> time != null).reduce(0.0, (one, next) -> next);
    }

    private static Double[] sums(List<Double> gaps, Double base) {
        List<Double> times = new ArrayList<>();
        double time = base == null ? 0 : base;
        for (Double gap : gaps) {
            time += gap == null ? 0 : gap;
            times.add(gap == null ? null : (Double) time);
        }
        return times.toArray(Double[]::new);
    }

    boolean succeeded() {
        return outcome.equals("success");
    }

    boolean cancelled() {
        return outcome.equals("cancelled");
    }

    /** The run's end or the client's own want, of which an endpoint knows nothing. */
    boolean clientsOwn() {
        return cancelled() || outcome.equals("client_error");
    }

    boolean failed() {
        return !succeeded() && !clientsOwn();
    }

    int usage(String name) {
        return line.path("usage").path(name).asInt(-1);
    }

    double items() {
        return line.path("items").asDouble(0);
    }

    Double firstOf(int bit) {
        return IntStream.range(0, tokenBits.length)
                .filter(i -> (tokenBits[i] & bit) != 0)
                .mapToObj(i -> (Double) (tokenEvents[i] - sent))
                .findFirst()
                .orElse(null);
    }

    double input() {
        int told = usage("promptTokens");
        return told >= 0 ? told : Math.max(0, line.path("expectedPromptTokens").asInt(-1));
    }

    double output() {
        int told = usage("completionTokens");
        return told > 0 ? told : tokenEvents.length;
    }

    String inputSource() {
        return usage("promptTokens") >= 0
                ? "usage"
                : line.path("expectedPromptTokens").asInt(-1) >= 0 ? "tokenizer" : "none";
    }

    String outputSource() {
        return usage("completionTokens") >= 0 ? "usage" : tokenEvents.length > 0 ? "events" : "none";
    }

    double asked() {
        return line.path("requestedOutputTokens").asDouble(-1);
    }

    /** A number of what was asked; below 0 where it is not known. */
    double asked(String field) {
        return line.path(field).asDouble(-1);
    }

    /** Asked for exactly, or longer than asked. */
    boolean lengthChecked() {
        return asked() >= 0
                && outputSource().equals("usage")
                && (line.path("ignoreEos").asBoolean() || output() > asked());
    }

    /** By more than 5 tokens and 5 %, less up to 100 for a template. */
    boolean inputDiffers() {
        double expected = line.path("expectedPromptTokens").asDouble(-1);
        double told = usage("promptTokens");
        double more = Math.max(0, told - expected - 100);
        return told >= 0 && expected >= 0 && Math.max(more, expected - told) > Math.max(5, 0.05 * expected);
    }

    /** Reasoning that was counted and not streamed. */
    double hidden() {
        boolean shown = Arrays.stream(tokenBits).anyMatch(bits -> (bits & REASONING) != 0);
        return shown || tokenEvents.length == 0 || usage("completionTokens") < 0
                ? 0
                : Math.min(Math.max(0, usage("reasoningTokens")), output() - tokenEvents.length);
    }

    double streamedTokens() {
        return output() - hidden();
    }

    double tokensAnEvent() {
        return streamedTokens() / tokenEvents.length;
    }

    Double ttft() {
        return tokenEvents.length == 0 ? null : (Double) (tokenEvents[0] - sent);
    }

    Double ttfvt() {
        return IntStream.range(0, tokenEvents.length)
                .filter(i -> (tokenBits[i] & VISIBLE) != 0)
                .mapToObj(i -> tokenEvents[i] - sent)
                .findFirst()
                .orElse(null);
    }

    double e2el() {
        return (tokenEvents.length == 0 ? end : tokenEvents[tokenEvents.length - 1]) - sent;
    }

    long reads() {
        return Arrays.stream(tokenEvents).distinct().count();
    }

    private double firstReadEvents() {
        return Arrays.stream(tokenEvents).filter(at -> at == tokenEvents[0]).count();
    }

    boolean buffered() {
        return reads() > 1 && firstReadEvents() > 3;
    }

    /** By the gaps alone: no journal of these tests tells the counts of two neighbours. */
    private boolean even() {
        double mean = gaps().average().orElse(0);
        double variance =
                gaps().map(gap -> (gap - mean) * (gap - mean)).average().orElse(0);
        return tokenEvents.length > 1 && Math.sqrt(variance) < mean / 2;
    }

    double firstTokens() {
        int told = tokensByThen[buffered() ? (int) firstReadEvents() - 1 : 0];
        if (told >= 0) {
            return Math.max(1, told - hidden());
        }
        double each = Math.max(1, Math.round(tokensAnEvent()));
        boolean even = tokensAnEvent() == 1 || tokensAnEvent() > 1 && even();
        return buffered() ? even ? firstReadEvents() * each : Double.NaN : even ? each : 1;
    }

    boolean tpotIsBound() {
        return reads() > 1 && !buffered() && tokensByThen[0] < 0 && tokensAnEvent() > 1 && !even();
    }

    /** Tokens that no event brought, in a silence before the finish reason. */
    double heldBack() {
        double gap = gaps().average().orElse(0);
        double silence = finish == null ? 0 : finish - tokenEvents[tokenEvents.length - 1];
        return tokensAnEvent() > 1 && gap > 0 && silence >= 2 * gap
                ? Math.min(streamedTokens() - tokenEvents.length, Math.round(silence / gap))
                : 0;
    }

    double further() {
        return streamedTokens() - firstTokens();
    }

    /** Only of tokens that came in two reads at least. */
    Double tpot() {
        return reads() > 1 && further() > 0 ? (Double) ((e2el() - ttft()) / further()) : null;
    }

    DoubleStream gaps() {
        return IntStream.range(1, tokenEvents.length).mapToDouble(i -> tokenEvents[i] - tokenEvents[i - 1]);
    }

    Double connect() {
        return dialed == null || answered == null ? null : (Double) (answered - dialed);
    }

    Double tls() {
        return answered == null || ready == null || ready.equals(answered) ? null : (Double) (ready - answered);
    }

    /** Less what opening the connection took of it, since it was released where the dialing is not known. */
    Double dispatch() {
        double from = dialed == null ? released : Math.max(released, dialed);
        boolean between = ready != null && ready > from && ready <= sent;
        return sent - released - (between ? ready - from : 0);
    }

    /** How much later each token-bearing event was here than there. */
    Double[] late() {
        return IntStream.range(0, tokenEvents.length)
                .mapToObj(i -> tokenStamps[i] == null ? null : (Double) (tokenEvents[i] - sent - tokenStamps[i]))
                .toArray(Double[]::new);
    }
}
