package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.report.Flag;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/** What a reader should know of numbers that come from a serving benchmark's result. */
final class VllmFlags {
    /** No endpoint makes tokens as fast as this: events so close came in one read, and the gap is the time of parsing. */
    private static final long PARSING_NANOS = 100_000;

    /** Above this share of such gaps, itl tells of the network's packing. */
    private static final double COALESCED = 0.2;

    private final JsonNode root;
    private final List<RequestRecord> answers;

    VllmFlags(JsonNode root, List<RequestRecord> records) {
        this.root = root;
        this.answers = records.stream().filter(RequestRecord::succeeded).toList();
    }

    List<Flag> flags(Summary summary) {
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag(
                "definitions",
                "measured by another tool, whose clock starts before its HTTP client has the request and for which any"
                        + " event with choices is a token: ttft and e2el are its own, not ours"));
        tokens(summary, flags);
        lengths(flags);
        coalesced(flags);
        return flags;
    }

    /** Answers whose tokens the tool did not count are in its totals as none. */
    private void tokens(Summary summary, List<Flag> flags) {
        long told = root.path("total_output_tokens").asLong(0);
        long found = summary.tokens().output();
        long counted = answers.stream()
                .filter(answer -> answer.usage().completionTokens() != Usage.ABSENT)
                .count();
        if (counted < answers.size()) {
            flags.add(new Flag(
                    "output-tokens",
                    "its total of " + Format.count(told, "output token") + " is that of "
                            + Format.count(counted) + " of " + Format.count(answers.size(), "answer")
                            + ", the others count as none; with their events there are " + Format.count(found)
                            + ": its output_throughput of "
                            + Format.brief(root.path("output_throughput").asDouble(Double.NaN))
                            + "/s is too low, and its tpot is of those answers alone"));
        }
    }

    /** The file does not hold what was asked for, so the lengths themselves have to speak. */
    private void lengths(List<Flag> flags) {
        if (answers.isEmpty()) {
            return;
        }
        LongSummaryStatistics lengths = answers.stream()
                .mapToLong(answer -> Math.max(answer.usage().completionTokens(), answer.eventNanos().length))
                .summaryStatistics();
        flags.add(new Flag(
                "output-length",
                "it does not say how long answers were asked to be: they have " + Format.count(lengths.getMin())
                        + " to "
                        + Format.count(lengths.getMax()) + " tokens or events, "
                        + Format.count(Math.round(lengths.getAverage()))
                        + " on average; if more was asked for, ignore_eos was not honoured"));
    }

    private void coalesced(List<Flag> flags) {
        long gaps = 0;
        long parsing = 0;
        for (RequestRecord answer : answers) {
            long[] events = answer.eventNanos();
            for (int i = 1; i < events.length; i++) {
                gaps++;
                if (events[i] - events[i - 1] < PARSING_NANOS) {
                    parsing++;
                }
            }
        }
        if (gaps > 0 && parsing > COALESCED * gaps) {
            flags.add(new Flag(
                    "coalesced",
                    Format.percent((double) parsing / gaps)
                            + " of gaps are below 0.1 ms, the time that parsing the events of one read takes: itl shows"
                            + " network packing; read tpot"));
        }
    }
}
