package io.inferometer.report;

import static io.inferometer.report.text.Format.brief;
import static io.inferometer.report.text.Format.count;
import static io.inferometer.report.text.Format.percent;

import io.inferometer.stats.Summary;
import io.inferometer.stats.token.Delivery;
import io.inferometer.stats.token.TokenSource;
import io.inferometer.stats.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what a reader should know of the tokens that numbers stand on: who counted them, and how they came. */
final class TokenFlags {
    /** Above this share of coalesced gaps, itl tells of the network's packing. */
    private static final double COALESCED = 0.2;

    /** Above this many tokens an event, or below that many, itl is not per token. */
    private static final double MOST_PER_EVENT = 1.2;

    private static final double LEAST_PER_EVENT = 0.8;

    /** From this share of answers on, it is worth a word that they were not streamed, or came from a buffer. */
    private static final double ANSWERS = 0.05;

    /** Above this share of tokens without text at the end, tpot and e2el may be wrong by as much. */
    private static final double WITHOUT_TEXT = 0.02;

    private final Tokens tokens;
    private final Delivery delivery;
    private final long succeeded;
    private final String answers;
    private final List<Flag> flags;

    private TokenFlags(Summary summary, List<Flag> flags) {
        tokens = summary.tokens();
        delivery = tokens.delivery();
        succeeded = summary.outcomes().succeeded();
        answers = " of " + count(succeeded, "answer");
        this.flags = flags;
    }

    /**
     * Adds the flags of a trial.
     *
     * @param simulated whether the endpoint is simulated: it knows no tokenizer, and disagrees with any
     */
    static void add(Summary summary, boolean simulated, List<Flag> flags) {
        TokenFlags trial = new TokenFlags(summary, flags);
        trial.lengths();
        trial.sources();
        trial.endings();
        trial.events();
        if (!simulated) {
            trial.disagreements();
        }
    }

    private void flag(String name, String text) {
        flags.add(new Flag(name, text));
    }

    private void lengths() {
        if (tokens.lengthsMissed() > 0) {
            boolean longer = tokens.received() > tokens.requested();
            flag(
                    "output-length",
                    count(tokens.lengthsMissed()) + " of " + count(tokens.lengthsChecked(), "answer")
                            + (longer ? " are longer than asked: " : " are not as long as asked: ")
                            + mean(tokens.received()) + " tokens on average, not " + mean(tokens.requested())
                            + (longer
                                    ? "; does the endpoint know the limit's field? try --length-field max_tokens"
                                    : "; is ignore_eos honoured?"));
        }
    }

    private String mean(long sum) {
        return brief((double) sum / tokens.lengthsChecked());
    }

    private void sources() {
        long byTokenizer = tokens.outputSources().getOrDefault(TokenSource.TOKENIZER, 0L);
        long byEvents = tokens.outputSources().getOrDefault(TokenSource.EVENTS, 0L);
        long unknown = tokens.outputSources().getOrDefault(TokenSource.NONE, 0L);
        if (byTokenizer + byEvents + unknown > 0) {
            List<String> how = new ArrayList<>();
            if (byTokenizer > 0) {
                how.add("by the tokenizer in " + count(byTokenizer));
            }
            if (byEvents > 0) {
                how.add("by events in " + count(byEvents));
            }
            if (unknown > 0) {
                how.add("not at all in " + count(unknown));
            }
            flag(
                    "usage-missing",
                    "the endpoint told no token count in " + count(byTokenizer + byEvents + unknown) + answers
                            + ": counted " + String.join(", ", how));
        }
        if (tokens.hiddenReasoning() > 0) {
            flag(
                    "hidden-reasoning",
                    count(tokens.hiddenReasoning()) + answers
                            + " have reasoning that was counted but never streamed: it is left out of tpot");
        }
        if (delivery.choices() > 0) {
            flag(
                    "choices",
                    count(delivery.choices()) + answers
                            + " had more than one choice: their tokens are counted together, and tpot and e2el are no"
                            + " choice's own");
        }
    }

    private void endings() {
        if (!delivery.finishReasons().isEmpty()) {
            flag(
                    "finish-reason",
                    "answers ended by words that are not known, and count as ended well: "
                            + words(delivery.finishReasons(), "answer"));
        }
        if (delivery.withoutLast() > 0) {
            flag(
                    "last-event",
                    count(delivery.withoutLast()) + answers
                            + " said why they ended, and their streams then lacked the last event of the protocol: they"
                            + " count as ended well");
        }
        if (!delivery.unknownEvents().isEmpty()) {
            flag(
                    "unknown-events",
                    "events of types that the protocol does not have were left out: "
                            + words(delivery.unknownEvents(), "event"));
        }
        if (!delivery.contentTypes().isEmpty()) {
            flag(
                    "content-type",
                    "streams were not called text/event-stream, and were read as streams all the same: "
                            + words(delivery.contentTypes(), "answer"));
        }
    }

    private static String words(Map<String, Long> words, String what) {
        return words.entrySet().stream()
                .map(word -> word.getKey() + " (" + count(word.getValue(), what) + ")")
                .collect(Collectors.joining(", "));
    }

    private void events() {
        if (share(delivery.notStreamed()) >= ANSWERS) {
            flag(
                    "not-streamed",
                    count(delivery.notStreamed()) + answers
                            + " came in one event, or in one read: ttft is the time of the whole answer, and nothing is known"
                            + " of the time between its tokens");
        }
        if (share(delivery.bufferedFirstReads()) >= ANSWERS) {
            flag(
                    "buffered",
                    count(delivery.bufferedFirstReads()) + answers
                            + " began with many events in one read: something on the way holds them back, and ttft is the time"
                            + " to fill a buffer");
        }
        String bound = delivery.tpotBounded() == 0
                ? ""
                : "; events brought unlike numbers of tokens in " + count(delivery.tpotBounded()) + answers
                        + ", and tpot is the least it can be there";
        if (tokens.perEvent() > MOST_PER_EVENT) {
            flag(
                    "tokens-per-event",
                    brief(tokens.perEvent()) + " tokens an event: itl is the time between events, not tokens; read tpot"
                            + bound);
        } else if (tokens.perEvent() < LEAST_PER_EVENT) {
            flag(
                    "tokens-per-event",
                    brief(tokens.perEvent())
                            + " tokens an event: events are finer than tokens, and itl is the time between events; read tpot");
        }
        if (delivery.withoutText() > WITHOUT_TEXT * tokens.streamed()) {
            flag(
                    "tokens-without-text",
                    count(delivery.withoutText()) + " of " + count(tokens.streamed(), "token")
                            + " came without text at the end: tpot and e2el may be too low");
        }
        if (tokens.humps().two()) {
            flag(
                    "itl-two-humps",
                    percent(tokens.humps().shortGaps())
                            + " of gaps between events are below a fifth of the mean, and the others hold "
                            + percent(tokens.humps().longTime())
                            + " of the time: something on the way, such as a filter or a proxy, lets events go by the"
                            + " batch; percentiles of itl are of two kinds of gaps, read tpot");
        }
        if (tokens.coalescedShare() > COALESCED) {
            flag(
                    "coalesced",
                    percent(tokens.coalescedShare())
                            + " of events came in one read with the one before: itl shows network packing; read tpot");
        }
    }

    private double share(long some) {
        return delivery.answers() == 0 ? 0 : (double) some / delivery.answers();
    }

    private void disagreements() {
        if (tokens.outputsDiffering() > 0) {
            flag(
                    "usage-differs",
                    "endpoint and tokenizer disagree on the output tokens of " + count(tokens.outputsDiffering())
                            + answers + ": is it this model's tokenizer?");
        }
        if (tokens.inputsDiffering() > 0) {
            flag(
                    "usage-differs",
                    "endpoint and tokenizer disagree on the input tokens of " + count(tokens.inputsDiffering()) + " of "
                            + count(succeeded, "prompt") + ": is it this model's tokenizer?");
        }
    }
}
