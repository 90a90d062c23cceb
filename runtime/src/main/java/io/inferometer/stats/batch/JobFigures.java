package io.inferometer.stats.batch;

import static io.inferometer.record.batch.JobState.ABSENT;

import io.inferometer.record.batch.JobAnswers;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a job came to.
 *
 * @param id the endpoint's name for it; empty where it was not created
 * @param status in the endpoint's words; empty where it was not created
 * @param times what the endpoint's stamps tell
 * @param requests how many requests came to what
 * @param tokens what those that were answered used, as far as is told
 * @param outputRate output tokens over the makespan; empty where one of them is not known, or the makespan is 0
 * @param tails how long the last requests took, by their share in percent; without those that the looks don't tell
 * @param problems what is wrong with it as a whole
 * @param failures how requests failed, the most frequent first
 * @param control how the endpoint was asked
 * @param coverage for which share of each phase of the load beside it, at least, the job was seen running, by the phase's name
 */
public record JobFigures(
        String id,
        String status,
        JobTimes times,
        Requests requests,
        JobTokens tokens,
        Optional<Rate> outputRate,
        Map<Integer, Tail> tails,
        List<JobState.Problem> problems,
        List<JobAnswers.JobFailure> failures,
        Control control,
        Map<String, Double> coverage) {
    private static final double MILLIS = 1e3;
    private static final List<Integer> TAILS = List.of(5, 1);

    /**
     * Copies its lists and maps.
     *
     * @param id as of the record
     * @param status as of the record
     * @param times as of the record
     * @param requests as of the record
     * @param tokens as of the record
     * @param outputRate as of the record
     * @param tails copied
     * @param problems copied
     * @param failures copied
     * @param control as of the record
     * @param coverage copied
     */
    public JobFigures {
        tails = Map.copyOf(tails);
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
        coverage = Map.copyOf(coverage);
    }

    /**
     * How many requests came to what, by the job's files where they have been read, else by the endpoint's own counts.
     *
     * @param total how many the job has
     * @param completed how many were answered; {@link JobState#ABSENT} where that is not known
     * @param failed how many failed, those included that have no line in any file; as that
     * @param silent how many have no line in any file; 0 where the files have not been read
     * @param odd how many lines of the files are of no request of the job
     * @param withoutUsage how many answers tell no tokens
     * @param told what the endpoint counted
     */
    public record Requests(
            long total, long completed, long failed, long silent, long odd, long withoutUsage, JobState.Counts told) {
        /** {@return whether the endpoint counted what its files don't have} */
        public boolean disagree() {
            return told.completed() != ABSENT && completed != ABSENT && told.completed() != completed;
        }
    }

    /** A rate, and what it may be as far as the stamps tell; infinite where they set no upper bound. */
    public record Rate(double perSecond, double least, double most) {}

    /**
     * How long the last requests took: from when all others were done until the end.
     *
     * @param leastSeconds at least, by the looks
     * @param mostSeconds at most, by the looks
     */
    public record Tail(double leastSeconds, double mostSeconds) {}

    /**
     * How the endpoint was asked.
     *
     * @param looks how often the job was looked at
     * @param retries how often it was asked in vain, and asked again
     * @param longestGapSeconds the longest time between two looks; 0 where there were not two
     */
    public record Control(long looks, long retries, double longestGapSeconds) {}

    /**
     * {@return the figures of a job, as far as it has come}
     *
     * @param history what happened of it
     */
    public static JobFigures of(JobHistory history) {
        List<JobState> looks = history.looks();
        Optional<JobState> last = history.last();
        JobTimes times = last.map(state -> JobTimes.of(state.stamps())).orElse(JobTimes.NONE);
        Requests requests = requests(history);
        JobTokens tokens = history.answers()
                .map(JobAnswers::tokens)
                .filter(told -> told.input() != ABSENT || told.output() != ABSENT)
                .orElse(last.map(JobState::tokens).orElse(JobTokens.NONE));
        return new JobFigures(
                last.map(JobState::id).orElse(""),
                last.map(JobState::status).orElse(""),
                times,
                requests,
                tokens,
                rate(tokens.output(), times),
                tails(looks, requests.total()),
                last.map(JobState::problems).orElse(List.of()),
                history.answers().map(JobAnswers::failures).orElse(List.of()),
                new Control(looks.size(), history.retries(), longestGap(looks)),
                coverage(history));
    }

    private static Requests requests(JobHistory history) {
        JobState.Counts told = history.last().map(JobState::counts).orElse(new JobState.Counts(ABSENT, ABSENT, ABSENT));
        long total = history.file().map(JobHistory.JobFile::requests).orElse(told.total());
        if (history.answers().isEmpty()) {
            return new Requests(total, told.completed(), told.failed(), 0, 0, 0, told);
        }
        JobAnswers read = history.answers().get();
        long silent = Math.max(0, total - read.succeeded() - read.failed());
        return new Requests(
                total, read.succeeded(), read.failed() + silent, silent, read.odd(), read.withoutUsage(), told);
    }

    private static Optional<Rate> rate(long tokens, JobTimes times) {
        double seconds = times.makespanSeconds().orElse(0);
        double bound = times.boundSeconds();
        return tokens == ABSENT || !(seconds > 0)
                ? Optional.empty()
                : Optional.of(new Rate(
                        tokens / seconds,
                        tokens / (seconds + bound),
                        seconds > bound ? tokens / (seconds - bound) : Double.POSITIVE_INFINITY));
    }

    private static Map<Integer, Tail> tails(List<JobState> looks, long total) {
        Map<Integer, Tail> tails = new TreeMap<>();
        int end = reached(looks, total);
        for (int percent : TAILS) {
            int before = reached(looks, total - (long) Math.floor(total * percent / 100.0));
            if (total > 0 && end > 0 && before > 0 && total * percent >= 100) {
                tails.put(
                        percent,
                        new Tail(
                                Math.max(0, seconds(looks.get(before), looks.get(end - 1))),
                                seconds(looks.get(before - 1), looks.get(end))));
            }
        }
        return tails;
    }

    /** The first look at which so many requests were done; -1 where none was. */
    private static int reached(List<JobState> looks, long done) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).counts().done() >= done) {
                return i;
            }
        }
        return -1;
    }

    private static double longestGap(List<JobState> looks) {
        double longest = 0;
        for (int i = 1; i < looks.size(); i++) {
            longest = Math.max(longest, seconds(looks.get(i - 1), looks.get(i)));
        }
        return longest;
    }

    private static double seconds(JobState from, JobState to) {
        return (to.atMillis() - from.atMillis()) / MILLIS;
    }

    /** The job ran at the first look that saw it running, at the last one, and in between. */
    private static Map<String, Double> coverage(JobHistory history) {
        List<JobState> running =
                history.looks().stream().filter(JobState::running).toList();
        Map<String, Double> coverage = new TreeMap<>();
        history.phases().forEach((name, phase) -> {
            double length = phase.toMillis() - phase.fromMillis();
            double shared = running.isEmpty()
                    ? 0
                    : Math.min(phase.toMillis(), running.get(running.size() - 1).atMillis())
                            - Math.max(phase.fromMillis(), running.get(0).atMillis());
            if (length > 0) {
                coverage.put(name, Math.max(0, shared) / length);
            }
        });
        return coverage;
    }

    /** {@return whether the endpoint says that it did all it could} */
    public boolean completed() {
        return status.equals(JobState.COMPLETED);
    }

    /** {@return whether the endpoint says that nothing more will come of it} */
    public boolean ended() {
        return JobState.ends(status);
    }

    /** {@return the share of requests that failed, 0 to 1; empty where that is not known} */
    public OptionalDouble failedShare() {
        return requests.failed == ABSENT || requests.total <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) requests.failed / requests.total);
    }
}
