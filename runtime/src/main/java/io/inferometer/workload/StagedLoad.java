package io.inferometer.workload;

import io.inferometer.annotations.Arrivals;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stages one after the other, each a rate or a number of slots for a time, that stays or goes evenly from one to another:
 * the one measured iteration of a trial. A slot that is taken away ends after its request.
 *
 * @param kind what the stages give
 * @param stages at least one
 * @param arrivals how the starts of requests are spread, under rates; {@link Arrivals#POISSON} under slots
 * @param burstiness the shape of the gaps of {@link Arrivals#GAMMA}, above 0; 1 for all others
 * @param mostInFlight how many requests are in flight at most, under rates; {@link Load.Open#ANY} under slots
 */
public record StagedLoad(Kind kind, List<Stage> stages, Arrivals arrivals, double burstiness, int mostInFlight)
        implements Load {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What a stage gives a number of. */
    public enum Kind {
        /** Requests per second. */
        RATE,
        /** Slots. */
        CONCURRENCY
    }

    /**
     * One stage.
     *
     * @param from the rate, or the slots, with which it begins: 0 or more
     * @param to with which it ends
     * @param time how long it is, above 0
     */
    public record Stage(double from, double to, Duration time) {
        /**
         * Checks what it is given.
         *
         * @param from as of the record
         * @param to as of the record
         * @param time as of the record
         */
        public Stage {
            if (!(from >= 0) || !(to >= 0) || Double.isInfinite(from) || Double.isInfinite(to)) {
                throw new IllegalArgumentException(
                        "a stage goes from 0 or more to 0 or more, not from " + from + " to " + to);
            }
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("the time of a stage must be above 0, not " + time);
            }
        }

        /** {@return its mean} */
        public double mean() {
            return (from + to) / 2;
        }

        /**
         * {@return the rate, or the slots, so many nanoseconds after its beginning}
         *
         * @param nanos from its beginning, up to its end
         */
        public double at(double nanos) {
            return from + (to - from) * nanos / time.toNanos();
        }
    }

    /**
     * Copies what it is given, and checks it.
     *
     * @param kind as of the record
     * @param stages copied
     * @param arrivals as of the record
     * @param burstiness as of the record
     * @param mostInFlight as of the record
     */
    public StagedLoad {
        stages = List.copyOf(stages);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(arrivals, "arrivals");
        if (stages.stream().noneMatch(stage -> stage.mean() > 0)) {
            throw new IllegalArgumentException("a stage must be above 0");
        }
        if (arrivals == Arrivals.VLLM_RESCALED) {
            throw new IllegalArgumentException("arrivals are rescaled to a number of requests, and stages have none");
        }
    }

    /**
     * {@return a load of stages of slots}
     *
     * @param stages one after the other, at least one
     */
    public static StagedLoad ofSlots(List<Stage> stages) {
        return new StagedLoad(Kind.CONCURRENCY, stages, Arrivals.POISSON, 1, Load.Open.ANY);
    }

    /** {@return how long all of them are} */
    public Duration time() {
        return stages.stream().map(Stage::time).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * {@return the number, from 0, of the stage at a time from the beginning; that of the last one behind its end}
     *
     * @param nanos from the beginning
     */
    public int stageAt(long nanos) {
        long end = 0;
        for (int i = 0; i < stages.size() - 1; i++) {
            end += stages.get(i).time().toNanos();
            if (nanos < end) {
                return i;
            }
        }
        return stages.size() - 1;
    }

    /**
     * {@return how many slots there are at a time from the beginning: the whole number that is nearest}
     *
     * @param nanos from the beginning
     */
    public int slotsAt(long nanos) {
        int number = stageAt(nanos);
        Stage stage = stages.get(number);
        double at = stage.at(Math.min(nanos - beginNanos(number), stage.time().toNanos()));
        return (int) (stage.to() >= stage.from() ? Math.floor(at + 0.5) : Math.ceil(at - 0.5));
    }

    /**
     * {@return when a stage begins, in nanoseconds from the beginning}
     *
     * @param stage counted from 0
     */
    public long beginNanos(int stage) {
        return stages.subList(0, stage).stream()
                .mapToLong(one -> one.time().toNanos())
                .sum();
    }

    /**
     * {@return how many requests come until a time from the beginning, on average: the integral of the rate}
     *
     * @param nanos from the beginning
     */
    public double requestsUntil(double nanos) {
        double requests = 0;
        double left = nanos;
        for (Stage stage : stages) {
            double part = Math.min(left, stage.time().toNanos());
            if (part <= 0) {
                break;
            }
            requests += (stage.from() + stage.at(part)) / 2 * part / NANOS_PER_SECOND;
            left -= part;
        }
        return requests;
    }

    /** {@return the mean of all stages over their time} */
    public double mean() {
        double sum = stages.stream()
                .mapToDouble(stage -> stage.mean() * stage.time().toNanos())
                .sum();
        return sum / time().toNanos();
    }

    /** {@return the highest of all} */
    public double peak() {
        return stages.stream()
                .mapToDouble(stage -> Math.max(stage.from(), stage.to()))
                .max()
                .orElseThrow();
    }

    /**
     * {@return what a stage is for those that make figures of it: a loop of its mean}
     *
     * @param stage counted from 0
     */
    public Load ofStage(int stage) {
        double mean = stages.get(stage).mean();
        return kind == Kind.RATE
                ? new Load.Open(Math.max(mean, Double.MIN_NORMAL), arrivals, burstiness, mostInFlight, Optional.empty())
                : new Load.Closed((int) Math.max(1, Math.ceil(mean)));
    }
}
