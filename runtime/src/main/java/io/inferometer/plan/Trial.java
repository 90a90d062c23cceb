package io.inferometer.plan;

import io.inferometer.judge.precision.Until;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Extent;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One workload with one choice of parameters and load: everything that is needed to run it, resolved.
 *
 * @param index its number in the run, from 0
 * @param fork which of the forks this is, from 0
 * @param split which part of its load this client sends
 * @param binding makes and calls the workload
 * @param params a value for each parameter
 * @param schedule when requests are sent, and how many
 * @param endpoint where requests go
 * @param everyRequest what is the same in all of its requests
 * @param figures what its figures are made with
 * @param forks the client JVMs it runs in
 * @param drawing what everything that is drawn begins from
 * @param side which of two sides it is of that take turns; empty where there are none
 */
public record Trial(
        int index,
        int fork,
        Split split,
        WorkloadBinding<?> binding,
        ParamValues params,
        Schedule schedule,
        EndpointAddress endpoint,
        EveryRequest everyRequest,
        Figures figures,
        Forks forks,
        Drawing drawing,
        Optional<Side> side) {
    /**
     * Sends all of its load.
     *
     * @param index as of the record
     * @param fork as of the record
     * @param binding as of the record
     * @param params as of the record
     * @param schedule as of the record
     * @param endpoint as of the record
     * @param everyRequest as of the record
     * @param figures as of the record
     * @param forks as of the record
     * @param drawing as of the record
     * @param side as of the record
     */
    public Trial(
            int index,
            int fork,
            WorkloadBinding<?> binding,
            ParamValues params,
            Schedule schedule,
            EndpointAddress endpoint,
            EveryRequest everyRequest,
            Figures figures,
            Forks forks,
            Drawing drawing,
            Optional<Side> side) {
        this(
                index,
                fork,
                Split.ALONE,
                binding,
                params,
                schedule,
                endpoint,
                everyRequest,
                figures,
                forks,
                drawing,
                side);
    }

    /**
     * When requests are sent, and how many.
     *
     * @param load when requests are sent
     * @param warmup the warm-up iterations
     * @param measurement the measured iterations; the least of them where there are more until figures are precise
     * @param until how precise; empty where there are as many as {@code measurement} says
     * @param sessions how sessions are gone on with; empty where requests stand alone
     * @param warmupLoad when requests of the warm-up are sent: another load under stages, which are measured alone
     */
    public record Schedule(
            Load load,
            Iterations warmup,
            Iterations measurement,
            Optional<Until> until,
            Optional<Sessions> sessions,
            Load warmupLoad) {
        /**
         * Checks what it is given.
         *
         * @param load as of the record
         * @param warmup as of the record
         * @param measurement as of the record
         * @param until as of the record
         * @param sessions as of the record
         * @param warmupLoad as of the record
         */
        public Schedule {
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(sessions, "sessions");
        }

        /**
         * Is of requests that stand alone, of so many iterations.
         *
         * @param load as of the record
         * @param warmup as of the record
         * @param measurement as of the record
         */
        public Schedule(Load load, Iterations warmup, Iterations measurement) {
            this(load, warmup, measurement, Optional.empty(), Optional.empty());
        }

        /**
         * Has one load for all iterations.
         *
         * @param load as of the record
         * @param warmup as of the record
         * @param measurement as of the record
         * @param until as of the record
         * @param sessions as of the record
         */
        public Schedule(
                Load load,
                Iterations warmup,
                Iterations measurement,
                Optional<Until> until,
                Optional<Sessions> sessions) {
            this(load, warmup, measurement, until, sessions, load);
        }

        /**
         * {@return whether there is to be another measured iteration}
         *
         * @param number its number, from 0
         * @param measured those that have been, in their order; looked at only where these decide
         * @param elapsed how long they took
         */
        public boolean goesOn(int number, List<Summary> measured, Duration elapsed) {
            return until.map(goals -> goals.goesOn(measurement.count(), measured, elapsed))
                    .orElse(number < measurement.count());
        }

        /**
         * {@return when requests of the warm-up, or of the measurement, are sent}
         *
         * @param ofWarmup false for the measurement
         */
        public Load load(boolean ofWarmup) {
            return ofWarmup ? warmupLoad : load;
        }

        /**
         * {@return the schedule of so many clients that each keep this one at the same time}
         *
         * @param clients at least 1
         */
        public Schedule times(int clients) {
            return new Schedule(
                    load.times(clients),
                    warmup.times(clients),
                    measurement.times(clients),
                    until,
                    sessions,
                    warmupLoad.times(clients));
        }

        /**
         * {@return how many requests an iteration sends; empty where it is a time, or of sessions}
         *
         * @param ofWarmup false for the measurement
         */
        public OptionalLong requests(boolean ofWarmup) {
            return requests((ofWarmup ? warmup : measurement).extent(), load(ofWarmup));
        }

        private static OptionalLong requests(Extent extent, Load load) {
            if (extent instanceof Extent.Requests requests) {
                return OptionalLong.of(requests.count());
            }
            if (extent instanceof Extent.RequestsPerSlot perSlot && load instanceof Load.Closed loop) {
                return OptionalLong.of((long) perSlot.count() * loop.concurrency());
            }
            return OptionalLong.empty();
        }
    }

    /**
     * How sessions are gone on with.
     *
     * @param mostTurns how many turns one may have, and each of its children, before it is cut; at least 1
     * @param onFailedTurn what becomes of one behind a turn that failed
     */
    public record Sessions(int mostTurns, OnFailedTurn onFailedTurn) {
        /** As many turns as anybody should need, so that one that never ends does end. */
        public static final Sessions USUAL = new Sessions(1_000, OnFailedTurn.RETRY_NONE);
    }

    /** What becomes of a session behind a turn that failed. */
    public enum OnFailedTurn {
        /** Nothing is sent again, and the session ends there: it failed. */
        RETRY_NONE,
        /** The session goes on with its next turn, without the answer: what was asked is not in the history either. */
        SKIP
    }

    /**
     * What is the same in all requests of a trial.
     *
     * @param model the model that is asked for; empty for none
     * @param modelGiven whether somebody asked for it, rather than the workload alone
     * @param streaming replaces the requests' own choice
     * @param lengthField the field of the body that carries the longest answer; empty for the requests' own choice
     * @param extraBody JSON of an object that is merged into every body, and takes out of it what is null; empty for none
     * @param headers headers; a value's <code>${VAR}</code> is read from the environment when the header is made
     * @param timeout how long a request may take
     * @param traceparent whether each is sent as a trace of its own, with the header of that name
     */
    public record EveryRequest(
            String model,
            boolean modelGiven,
            Optional<Boolean> streaming,
            String lengthField,
            String extraBody,
            Map<String, String> headers,
            Duration timeout,
            boolean traceparent) {
        /**
         * Copies what it is given.
         *
         * @param model as of the record
         * @param modelGiven as of the record
         * @param streaming as of the record
         * @param lengthField as of the record
         * @param extraBody as of the record
         * @param headers copied
         * @param timeout as of the record
         * @param traceparent as of the record
         */
        public EveryRequest {
            headers = Map.copyOf(headers);
        }

        /**
         * Asks for a model that was asked for.
         *
         * @param model as of the record
         * @param streaming as of the record
         * @param lengthField as of the record
         * @param extraBody as of the record
         * @param headers as of the record
         * @param timeout as of the record
         */
        public EveryRequest(
                String model,
                Optional<Boolean> streaming,
                String lengthField,
                String extraBody,
                Map<String, String> headers,
                Duration timeout) {
            this(model, true, streaming, lengthField, extraBody, headers, timeout, false);
        }
    }

    /**
     * What a trial's figures are made with.
     *
     * @param tokenizer the tokenizer that counts where the endpoint does not; empty for none
     * @param objective what a request must meet to count as goodput
     * @param gpus how many GPUs the endpoint has; 0 where that is not known
     * @param serverMetrics the URLs of the pages of metrics that are read meanwhile; {@link #OWN_PAGE} is that of the endpoint
     */
    public record Figures(String tokenizer, Optional<Objective> objective, int gpus, List<String> serverMetrics) {
        /** The page of the endpoint itself, if it has one. */
        public static final String OWN_PAGE = "auto";

        /**
         * Copies what it is given.
         *
         * @param tokenizer as of the record
         * @param objective as of the record
         * @param gpus as of the record
         * @param serverMetrics copied
         */
        public Figures {
            serverMetrics = List.copyOf(serverMetrics);
        }

        /**
         * Has figures of what the client sees alone.
         *
         * @param tokenizer as of the record
         * @param objective as of the record
         * @param gpus as of the record
         */
        public Figures(String tokenizer, Optional<Objective> objective, int gpus) {
            this(tokenizer, objective, gpus, List.of());
        }

        /** {@return the same as it may be told: of the pages' URLs without what may be a key} */
        public Figures told() {
            return new Figures(
                    tokenizer,
                    objective,
                    gpus,
                    serverMetrics.stream().map(EndpointAddress::withoutSecrets).toList());
        }

        private Figures withoutServer() {
            return new Figures(tokenizer, objective, gpus);
        }
    }

    /**
     * What everything that is drawn begins from.
     *
     * @param seed the seed
     * @param samePrompts whether all trials and forks draw the same prompts
     * @param files how files of requests are read
     * @param marker what prompts begin with
     */
    public record Drawing(long seed, boolean samePrompts, FileReading files, CacheMarker marker) {
        /**
         * Reads files as their formats say, and leaves prompts as they are.
         *
         * @param seed as of the record
         * @param samePrompts as of the record
         */
        public Drawing(long seed, boolean samePrompts) {
            this(seed, samePrompts, FileReading.STRICT, CacheMarker.NONE);
        }
    }

    /** One of two sides that are judged beside each other. */
    public enum Letter {
        /** What is compared with. */
        A,
        /** What is judged. */
        B;

        /** {@return the name in journals and result files} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A side that takes turns with another.
     *
     * @param letter which of the two
     * @param client what is done about the clients of its forks, and how they reach the endpoint
     */
    public record Side(Letter letter, Plan.Client client) {}

    /**
     * This trial as a member runs its part of one of its forks, in the JVM of its harness. The run itself reads
     * the metrics of its server.
     */
    Trial forked(int number, Split part) {
        return new Trial(
                index,
                number,
                part,
                binding,
                params,
                schedule,
                endpoint,
                everyRequest,
                figures.withoutServer(),
                Forks.NONE,
                drawing,
                side);
    }

    /** This trial under another number, told apart by a parameter that its workload does not know. */
    Trial told(int number, String param, String value) {
        Map<String, String> values = new LinkedHashMap<>(params.values());
        values.put(param, value);
        return new Trial(
                number,
                fork,
                binding,
                new ParamValues(values),
                schedule,
                endpoint,
                everyRequest,
                figures,
                forks,
                drawing,
                side);
    }

    /** This trial under another number, as one of a side. */
    Trial of(Side ofSide, int number) {
        return new Trial(
                number,
                fork,
                binding,
                params,
                schedule,
                endpoint,
                everyRequest,
                figures,
                forks,
                drawing,
                Optional.of(ofSide));
    }

    /**
     * {@return this trial under another number and load}
     *
     * @param number among the trials of the run, from 0
     * @param other in place of its own
     */
    public Trial at(int number, Schedule other) {
        return new Trial(
                number, fork, split, binding, params, other, endpoint, everyRequest, figures, forks, drawing, side);
    }

    /** {@return what the workload may know of this trial} */
    public TrialContext context() {
        return new TrialContext(
                index,
                fork,
                everyRequest.model,
                figures.tokenizer,
                schedule.load,
                drawing.seed,
                drawing.samePrompts,
                schedule.warmup.count(),
                schedule.measurement.count(),
                schedule.until.isPresent(),
                schedule.requests(false),
                drawing.files,
                TrialContext.UNTOLD);
    }
}
