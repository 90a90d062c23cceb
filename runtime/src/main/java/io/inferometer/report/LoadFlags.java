package io.inferometer.report;

import static io.inferometer.report.text.Format.count;
import static io.inferometer.report.text.Format.percent;

import io.inferometer.instrument.Health;
import io.inferometer.judge.Overload;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Onset;
import io.inferometer.stats.Summary;
import io.inferometer.stats.arrival.ArrivalFit;
import io.inferometer.workload.Load;
import java.util.List;

/** What a reader should know of how the requests of a trial ended, and of how the load went. */
final class LoadFlags {
    /** Above this share Little's law is broken. */
    private static final double UNBALANCED = 0.05;

    private static final double NANOS_PER_SECOND = 1e9;

    private LoadFlags() {}

    /**
     * @param heldBack whether a cap held arrivals back, which is told by itself
     * @param cause why arrivals would be others than were asked for
     */
    static void add(Summary summary, boolean heldBack, String cause, List<Flag> flags) {
        outcomes(summary.outcomes(), flags);
        boolean overloaded = summary.arrivals().filter(LoadFlags::overloaded).isPresent();
        summary.arrivals().filter(arrivals -> overloaded).ifPresent(arrivals -> flags.add(overload(arrivals)));
        summary.throughput()
                .little()
                .filter(little -> !overloaded && broken(little))
                .ifPresent(little -> flags.add(balance(
                        little,
                        summary.arrivals().isPresent(),
                        summary.sessions().isPresent())));
        summary.arrivals()
                .filter(arrivals -> !heldBack)
                .flatMap(Summary.Arrivals::fit)
                .filter(fit -> fit.verdict() == ArrivalFit.Verdict.NO)
                .ifPresent(fit -> flags.add(arrivals(fit, cause)));
        summary.throughput().onset().filter(onset -> onset.nanos() > 0).ifPresent(onset -> flags.add(onset(onset)));
        summary.goodput()
                .filter(goodput -> goodput.notJudged() > 0)
                .ifPresent(goodput -> flags.add(new Flag(
                        "not-judged",
                        count(goodput.notJudged()) + " of "
                                + count(summary.outcomes().succeeded(), "answer")
                                + " lack a figure that the objective limits, such as the tpot of one that came in one read:"
                                + " they are no goodput")));
    }

    private static void outcomes(Summary.Outcomes outcomes, List<Flag> flags) {
        long total = outcomes.total();
        if (outcomes.failed() > 0 && outcomes.succeeded() == 0) {
            flags.add(new Flag("failures", "no request succeeded: there are no latencies"));
        } else if (outcomes.failed() > 0) {
            flags.add(new Flag(
                    "failures",
                    count(outcomes.failed()) + " of " + count(total, "request") + " failed ("
                            + percent((double) outcomes.failed() / total) + "): latencies are those of the "
                            + count(outcomes.succeeded())
                            + " that succeeded; the rows +failed count a failure as infinite"));
        }
        if (outcomes.cancelled() > 0) {
            flags.add(new Flag(
                    "censored",
                    count(outcomes.cancelled()) + " of " + count(total, "request")
                            + " were cut off by the end of the run: latencies are those of the "
                            + count(outcomes.succeeded())
                            + " that ended; the rows +cut off, or +failed, count each with the time that it had run"));
        }
    }

    /** Arrivals that waited for the cap: their ttft does not tell it. */
    static void held(Load load, List<IterationReport> iterations, Summary summary, List<Flag> flags) {
        long byCap = iterations.stream()
                .flatMap(iteration -> iteration.held().stream())
                .mapToLong(Health.Held::byCap)
                .sum();
        if (byCap > 0 && load.cap().isPresent()) {
            flags.add(new Flag(
                    "held-back",
                    count(byCap) + " of " + count(summary.outcomes().total(), "request")
                            + " were held back while " + count(load.cap().getAsInt())
                            + " were in flight (--max-in-flight): ttft and e2el begin when they were sent, times from"
                            + " schedule contain the wait"));
        }
    }

    private static boolean overloaded(Summary.Arrivals arrivals) {
        return Overload.of(arrivals.trends(), arrivals.offeredPerSecond()) == Overload.YES;
    }

    private static Flag overload(Summary.Arrivals arrivals) {
        return new Flag(
                "overloaded",
                "requests in flight kept rising: the endpoint does not keep up with "
                        + Format.plain(arrivals.offeredPerSecond())
                        + " requests/s, and latencies grow with the length of the run");
    }

    private static Flag arrivals(ArrivalFit fit, String cause) {
        return new Flag(
                "arrivals",
                "requests were not sent as they were to be: at " + percent(fit.rateShare())
                        + " of the rate, with a dispersion of gaps of " + Format.brief(fit.dispersion())
                        + " in place of "
                        + Format.brief(fit.askedDispersion())
                        + (Double.isNaN(fit.distance())
                                ? ""
                                : ", " + Format.brief(fit.distance()) + " off their law (Kolmogorov-Smirnov)")
                        + ": " + cause + ", and latencies are those of another load");
    }

    private static Flag onset(Onset onset) {
        return new Flag(
                "onset",
                "the first " + Math.round(onset.nanos() / NANOS_PER_SECOND) + " s once every slot was at work brought "
                        + percent(Math.abs(onset.share() - 1)) + (onset.share() < 1 ? " fewer" : " more")
                        + " tokens/s than what followed (MSER-5): the run was still warming up; give it a longer warm-up,"
                        + " with -w TIME or --warmup-requests N");
    }

    private static boolean broken(Summary.Little little) {
        return Math.abs(little.share() - 1) > Math.max(UNBALANCED, little.edges());
    }

    private static Flag balance(Summary.Little little, boolean open, boolean sessions) {
        String off = percent(Math.abs(little.share() - 1));
        String compared = (little.share() < 1 ? " less than " : " more than ")
                + (open || sessions ? "the requests in flight" : "the slots");
        return new Flag(
                "little",
                "Little's law is off: requests that ended each second, times what they took, are " + off + compared
                        + (open || little.share() > 1
                                ? ": the load was not steady"
                                : sessions
                                        ? ": answers ended long after their last token"
                                        : ": slots stood empty, or answers ended long after their last token"));
    }
}
