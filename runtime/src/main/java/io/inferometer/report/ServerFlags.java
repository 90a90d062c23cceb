package io.inferometer.report;

import static io.inferometer.report.text.Format.count;
import static io.inferometer.report.text.Format.percent;

import io.inferometer.record.server.Quantity;
import io.inferometer.stats.Summary;
import io.inferometer.stats.server.Growth;
import io.inferometer.stats.server.ServerSummary;
import java.util.List;

/** Finds what a reader should know of the server's own count. */
final class ServerFlags {
    /** Counts that differ by more than this share are of different tokens. */
    private static final double ALIKE = 0.01;

    private ServerFlags() {}

    static void add(ServerSummary server, Summary summary, List<Flag> flags) {
        tokens(server, summary, flags);
        for (ServerSummary.Replica replica : server.replicas()) {
            String where = replica.url().isEmpty() ? "page " + (replica.number() + 1) : replica.url();
            if (replica.course().misses() > 0) {
                flags.add(new Flag(
                        "server-missed",
                        where + " did not answer " + count(replica.course().misses()) + " of "
                                + count(replica.course().scrapes(), "time") + " that it was asked: "
                                + replica.course().lastMiss()));
            }
            if (replica.course().restarts() > 0) {
                flags.add(new Flag(
                        "server-restarted",
                        "a counter of " + where + " fell "
                                + count(replica.course().restarts(), "time")
                                + ": the server was started again, and what it counted between its last answer and its end"
                                + " is missing"));
            }
            if (replica.engine().isEmpty()
                    && replica.course().scrapes() > replica.course().misses()) {
                flags.add(new Flag("server-unknown", where + " has no metric of an engine that is known"));
            }
        }
    }

    private static void tokens(ServerSummary server, Summary summary, List<Flag> flags) {
        String unfinished = unfinished(summary);
        differing(server, Quantity.OUTPUT_TOKENS, "output", summary.tokens().output(), unfinished, flags);
        differing(server, Quantity.PROMPT_TOKENS, "prompt", summary.tokens().input(), unfinished, flags);
    }

    private static String unfinished(Summary summary) {
        long others = summary.outcomes().total() - summary.outcomes().succeeded();
        return others == 0 ? "" : "; it counts those of the " + count(others, "request") + " that did not succeed too";
    }

    /** What may be wrong by as much as it differs, for want of readings at the edges, is no difference. */
    private static void differing(
            ServerSummary server, Quantity counter, String what, long ours, String unfinished, List<Flag> flags) {
        Growth theirs = server.figures().growth(counter);
        double difference = theirs.amount() - ours;
        if (ours == 0 || !(Math.abs(difference) > Math.max(ALIKE * ours, theirs.slack()))) {
            return;
        }
        flags.add(new Flag(
                "server-tokens",
                "the server counted " + count(Math.round(theirs.amount())) + " " + what + " tokens, "
                        + percent(Math.abs(difference) / ours) + (difference > 0 ? " more" : " fewer") + " than ours, "
                        + count(ours)
                        + (difference > 0
                                ? ": others use it too, or requests were sent again on the way"
                                : ": a replica may be missing from --server-metrics, or an answer came from elsewhere")
                        + unfinished));
    }
}
