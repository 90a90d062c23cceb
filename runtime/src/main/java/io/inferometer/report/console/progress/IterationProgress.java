package io.inferometer.report.console.progress;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How far an iteration is, how many of its requests failed, and the rates of the last ten seconds. */
public final class IterationProgress {
    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final Load load;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private long failed;
    private long outputTokens;

    /** An iteration that begins. */
    public IterationProgress(TrialHeader trial, boolean warmup, int iteration) {
        name = (warmup ? "# Warmup iteration " : "Iteration ") + String.format(Locale.ROOT, "%3d", iteration + 1);
        load = trial.schedule().load(warmup);
    }

    /** {@code Iteration   1}, with which its lines begin; those of a warm-up are comments. */
    public String name() {
        return name;
    }

    /** A request of it ended. */
    public void ended(RequestRecord record, RequestMetrics metrics) {
        if (!record.succeeded() && record.outcome() != Outcome.CANCELLED) {
            failed++;
        }
        if (metrics.tokens().output() != Usage.ABSENT) {
            outputTokens += metrics.tokens().output();
        }
    }

    /** Some time has passed: what rates are computed of. */
    public void passed(long done, Duration elapsed) {
        moments.addLast(new Moment(elapsed, done, outputTokens));
        while (moments.size() > 2 && second().elapsed().plus(LATELY).compareTo(elapsed) <= 0) {
            moments.removeFirst();
        }
    }

    private Moment second() {
        return moments.stream().skip(1).findFirst().orElseThrow();
    }

    /**
     * {@code Iteration   1: 24 of 40 requests, 2 failed, 2.90/s, 1,497 tokens/s, ETA 00:00:05}. Where that is too long, it
     * says less: what it has been running for goes first, then the tokens, the stage, the rate.
     *
     * @param total how many requests there are, empty where that is not known
     */
    public String line(long done, OptionalLong total, Duration elapsed, int width) {
        List<Part> parts = new ArrayList<>();
        stage(elapsed, parts);
        parts.add(new Part(
                0,
                total.isEmpty()
                        ? Format.count(done, "request")
                        : Format.count(done) + " of " + Format.count(total.getAsLong(), "request")));
        if (failed > 0) {
            parts.add(new Part(0, Format.count(failed) + " failed"));
        }
        rates(parts);
        boolean ends = total.isPresent() && done > 0;
        parts.add(new Part(ends ? 4 : 0, Format.clock(elapsed) + " elapsed"));
        if (ends) {
            parts.add(new Part(0, "ETA " + Format.clock(RunProgress.left(done, total.getAsLong(), elapsed))));
        }
        while (text(parts).length() > width && parts.stream().anyMatch(part -> part.rank() > 0)) {
            parts.remove(parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
        }
        return text(parts);
    }

    private String text(List<Part> parts) {
        return name + ": " + parts.stream().map(Part::text).collect(Collectors.joining(", "));
    }

    private void stage(Duration elapsed, List<Part> parts) {
        if (load instanceof StagedLoad staged) {
            int stage = staged.stageAt(elapsed.toNanos());
            String which = "stage " + (stage + 1) + " of " + staged.stages().size();
            parts.add(new Part(
                    2,
                    which + " (" + Format.stage(staged.kind(), staged.stages().get(stage)) + ")"));
        }
    }

    private void rates(List<Part> parts) {
        if (moments.size() < 2) {
            return;
        }
        Moment from = moments.getFirst();
        Moment to = moments.getLast();
        double seconds = to.elapsed().minus(from.elapsed()).toNanos() / NANOS_PER_SECOND;
        if (seconds <= 0) {
            return;
        }
        parts.add(new Part(1, Format.brief((to.done() - from.done()) / seconds) + "/s"));
        if (outputTokens > 0) {
            parts.add(new Part(3, Format.brief((to.outputTokens() - from.outputTokens()) / seconds) + " tokens/s"));
        }
    }

    /** What had ended at a time. */
    private record Moment(Duration elapsed, long done, long outputTokens) {}

    /**
     * A part of a line.
     *
     * @param rank the highest is left out first; 0 never is
     */
    private record Part(int rank, String text) {}
}
