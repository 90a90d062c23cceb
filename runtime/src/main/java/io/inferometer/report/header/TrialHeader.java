package io.inferometer.report.header;

import io.inferometer.annotations.Protocol;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Trial;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What has to be known of a trial to understand its numbers, and to repeat it. Holds names of variables and headers,
 * never their values.
 *
 * @param index the trial's number in the run, from 0
 * @param fork the fork it runs in, from 0
 * @param work what was run
 * @param schedule when requests are sent, and how many
 * @param endpoint where requests go
 * @param everyRequest what is the same in all of its requests
 * @param figures what its figures are made with
 * @param forks the client JVMs it runs in
 * @param drawing what everything that is drawn begins from
 * @param side which of two sides it is of that take turns; empty where there are none
 */
public record TrialHeader(
        int index,
        int fork,
        Work work,
        Trial.Schedule schedule,
        Endpoint endpoint,
        EveryRequest everyRequest,
        Trial.Figures figures,
        Forks forks,
        Trial.Drawing drawing,
        Optional<Side> side) {
    /**
     * Takes out what must not be told.
     *
     * @param index as of the record
     * @param fork as of the record
     * @param work as of the record
     * @param schedule as of the record
     * @param endpoint as of the record
     * @param everyRequest as of the record
     * @param figures kept as they may be told
     * @param forks kept without the values of their properties
     * @param drawing kept as it may be told
     * @param side as of the record
     */
    public TrialHeader {
        figures = figures.told();
        drawing = new Trial.Drawing(
                drawing.seed(),
                drawing.samePrompts(),
                drawing.files(),
                drawing.marker().told());
        // A property's value may be a password.
        forks = new Forks(
                forks.count(),
                forks.jvm(),
                forks.jvmArgs().stream()
                        .map(option -> option.replaceFirst("^(-D[^=]*=).*", "$1..."))
                        .toList());
    }

    /**
     * A workload, and what it was run with.
     *
     * @param name its name
     * @param className its binary class name; empty where another tool measured it
     * @param description a line about it, may be empty
     * @param params a value for each parameter, in declared order
     */
    public record Work(String name, String className, String description, Map<String, String> params) {
        /**
         * Copies its map, in its order.
         *
         * @param name as of the record
         * @param className as of the record
         * @param description as of the record
         * @param params copied
         */
        public Work {
            params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        }
    }

    /**
     * Where requests go.
     *
     * @param url the URL, without user, password and query values
     * @param simulated whether it is the simulated endpoint
     * @param apiKeyEnv the variable that holds the key; empty for none
     * @param apiKeySet whether that variable was set, so that a key was sent
     * @param protocol what it is asked in; empty where another tool does not tell
     */
    public record Endpoint(
            String url, boolean simulated, String apiKeyEnv, boolean apiKeySet, Optional<Protocol> protocol) {
        /**
         * Takes user, password and query values out of the URL.
         *
         * @param url kept without user, password and query values
         * @param simulated as of the record
         * @param apiKeyEnv as of the record
         * @param apiKeySet as of the record
         * @param protocol as of the record
         */
        public Endpoint {
            url = EndpointAddress.withoutSecrets(url);
        }

        /**
         * {@return whether it shares the client's machine, as the simulated endpoint does, and what a loopback address
         * names}
         */
        public boolean besideClient() {
            return simulated || url.matches("(?i)https?://(localhost|127\\.[0-9.]+|\\[::1])([:/?#].*)?");
        }
    }

    /**
     * What is the same in all requests of a trial.
     *
     * @param model the model that is asked for; empty for none
     * @param streaming what replaces the requests' own choice
     * @param lengthField the field of the body that carries the longest answer; empty for the requests' own choice
     * @param extraBody JSON that is merged into every body; empty for none
     * @param headerNames the names of the headers that are added
     * @param timeout how long a request may take
     */
    public record EveryRequest(
            String model,
            Optional<Boolean> streaming,
            String lengthField,
            String extraBody,
            List<String> headerNames,
            Duration timeout) {
        /**
         * Copies its list.
         *
         * @param model as of the record
         * @param streaming as of the record
         * @param lengthField as of the record
         * @param extraBody as of the record
         * @param headerNames copied
         * @param timeout as of the record
         */
        public EveryRequest {
            headerNames = List.copyOf(headerNames);
        }
    }

    /**
     * A side that takes turns with another.
     *
     * @param client what is done about the clients of its forks, and how they reach the endpoint
     */
    public record Side(Trial.Letter letter, RunHeader.Client client) {}

    /**
     * {@return what is told of a trial of a plan}
     *
     * @param trial of a plan
     */
    public static TrialHeader of(Trial trial) {
        WorkloadDescriptor workload = trial.binding().descriptor();
        EndpointAddress endpoint = trial.endpoint();
        Trial.EveryRequest requests = trial.everyRequest();
        return new TrialHeader(
                trial.index(),
                trial.fork(),
                new Work(
                        workload.name(),
                        workload.className(),
                        workload.identity().description(),
                        trial.params().values()),
                trial.schedule(),
                new Endpoint(
                        endpoint.url(),
                        endpoint.simulated(),
                        endpoint.apiKeyEnv(),
                        endpoint.apiKeySet(),
                        Optional.of(endpoint.protocol())),
                new EveryRequest(
                        requests.model(),
                        requests.streaming(),
                        requests.lengthField(),
                        requests.extraBody(),
                        List.copyOf(new TreeSet<>(requests.headers().keySet())),
                        requests.timeout()),
                trial.figures(),
                trial.forks(),
                trial.drawing(),
                trial.side().map(side -> new Side(side.letter(), RunHeader.Client.of(side.client()))));
    }

    /**
     * {@return the header that {@link #toMap} made, or that was read from a file since}
     *
     * @param map keys and values as {@link #toMap} has them
     * @throws IllegalArgumentException if something is missing or is not what it should be
     */
    public static TrialHeader ofMap(Map<String, Object> map) {
        return HeaderJson.trial(map);
    }

    /** {@return the header as numbers, texts, lists and maps that any JSON library writes; keys carry units} */
    public Map<String, Object> toMap() {
        return HeaderJson.map(this);
    }

    /** {@return the name of the workload} */
    public String workload() {
        return work.name();
    }

    /** {@return a value for each parameter, in declared order} */
    public Map<String, String> params() {
        return work.params();
    }

    /** {@return when requests are sent} */
    public Load load() {
        return schedule.load();
    }

    /** {@return whether the endpoint is the simulated one} */
    public boolean simulated() {
        return endpoint.simulated();
    }

    /**
     * {@return whether its answers have text, and so tokens that come one after the other; embeddings and ranks have none}
     */
    public boolean hasText() {
        return endpoint.protocol()
                .filter(protocol -> protocol == Protocol.EMBEDDINGS || protocol == Protocol.RERANK)
                .isEmpty();
    }

    /** {@return the model that is asked for; empty for none} */
    public String model() {
        return everyRequest.model();
    }

    /** The same header with a number of GPUs, if none is known. */
    TrialHeader withGpus(int number) {
        int gpus = figures.gpus() == 0 ? number : figures.gpus();
        return with(new Trial.Figures(figures.tokenizer(), figures.objective(), gpus, figures.serverMetrics()));
    }

    /** The same header with another objective. */
    TrialHeader withObjective(Objective limits) {
        return with(
                new Trial.Figures(figures.tokenizer(), Optional.of(limits), figures.gpus(), figures.serverMetrics()));
    }

    /** The same header with another number of forks, each of so many members: the load is that of all of these. */
    TrialHeader together(int number, int members) {
        boolean forked = number > 1 || forks.count() > 0;
        return new TrialHeader(
                index,
                fork,
                work,
                schedule.times(members),
                endpoint,
                everyRequest,
                figures,
                forked ? forks.times(number) : forks,
                drawing,
                side);
    }

    private TrialHeader with(Trial.Figures otherFigures) {
        return new TrialHeader(index, fork, work, schedule, endpoint, everyRequest, otherFigures, forks, drawing, side);
    }

    /**
     * {@return whether it is of a side}
     *
     * @param letter of the side
     */
    public boolean of(Trial.Letter letter) {
        return side.filter(it -> it.letter() == letter).isPresent();
    }

    /**
     * {@return whether the two take turns, fork by fork: a trial of A and the one of B behind it}
     *
     * @param other another trial of the run
     */
    public boolean besides(TrialHeader other) {
        return side.isPresent() && other.side.isPresent() && index / 2 == other.index / 2;
    }

    /** {@return whether another tool measured it} */
    public boolean imported() {
        return work.className().isEmpty();
    }

    /**
     * {@return how many requests these iterations send together; empty where that is not known beforehand}
     *
     * @param iterations of the warm-up or the measurement
     */
    public OptionalLong requests(Iterations iterations) {
        if (iterations.count() == 0) {
            return OptionalLong.of(0);
        }
        OptionalLong each = schedule.requests(iterations == schedule.warmup());
        return each.isEmpty() ? each : OptionalLong.of(each.getAsLong() * iterations.count());
    }
}
