package io.inferometer.report.header;

import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Trial;
import io.inferometer.workload.Extent;
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
 * @param workload the workload's name
 * @param workloadClass its binary class name
 * @param description a line about it, may be empty
 * @param params a value for each parameter, in declared order
 * @param load when requests are sent
 * @param warmup the warm-up iterations
 * @param measurement the measured iterations
 * @param endpoint the URL, without user, password and query values
 * @param simulated whether the endpoint is the simulated one
 * @param apiKeyEnv the variable that holds the key; empty for none
 * @param apiKeySet whether that variable was set, so that a key was sent
 * @param model the model that is asked for; empty for none
 * @param tokenizer the tokenizer that counts where the endpoint does not; empty for none
 * @param timeout how long a request may take
 * @param objective what a request must meet to count as goodput
 * @param streaming what replaces the requests' own choice
 * @param extraBody JSON that is merged into every body; empty for none
 * @param headerNames the names of the headers that are added
 * @param gpus how many GPUs the endpoint has; 0 where that is not known
 * @param forks the client JVMs it runs in
 * @param seed the seed of everything that is drawn
 * @param samePrompts whether all trials and forks were to send the same prompts
 */
public record TrialHeader(
        int index,
        int fork,
        String workload,
        String workloadClass,
        String description,
        Map<String, String> params,
        Load load,
        Iterations warmup,
        Iterations measurement,
        String endpoint,
        boolean simulated,
        String apiKeyEnv,
        boolean apiKeySet,
        String model,
        String tokenizer,
        Duration timeout,
        Optional<Objective> objective,
        Optional<Boolean> streaming,
        String extraBody,
        List<String> headerNames,
        int gpus,
        Forks forks,
        long seed,
        boolean samePrompts) {
    public TrialHeader {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        headerNames = List.copyOf(headerNames);
        // A property's value may be a password.
        forks = new Forks(
                forks.count(),
                forks.jvm(),
                forks.jvmArgs().stream()
                        .map(option -> option.replaceFirst("^(-D[^=]*=).*", "$1..."))
                        .toList());
        if (!simulated) {
            endpoint = withoutSecrets(endpoint);
        }
    }

    /** What is told of a trial of a plan. */
    public static TrialHeader of(Trial trial) {
        WorkloadDescriptor workload = trial.binding().descriptor();
        EndpointAddress endpoint = trial.endpoint();
        return new TrialHeader(
                trial.index(),
                trial.fork(),
                workload.name(),
                workload.className(),
                workload.identity().description(),
                trial.params().values(),
                trial.schedule().load(),
                trial.schedule().warmup(),
                trial.schedule().measurement(),
                endpoint.url(),
                endpoint.simulated(),
                endpoint.apiKeyEnv(),
                endpoint.apiKeySet(),
                trial.everyRequest().model(),
                trial.figures().tokenizer(),
                trial.everyRequest().timeout(),
                trial.figures().objective(),
                trial.everyRequest().streaming(),
                trial.everyRequest().extraBody(),
                List.copyOf(new TreeSet<>(trial.everyRequest().headers().keySet())),
                trial.figures().gpus(),
                trial.forks(),
                trial.drawing().seed(),
                trial.drawing().samePrompts());
    }

    /** The same header with a number of GPUs, if none is known. */
    TrialHeader withGpus(int number) {
        return with(objective, gpus == 0 ? number : gpus, forks);
    }

    /** The same header with another objective. */
    TrialHeader withObjective(Objective limits) {
        return with(Optional.of(limits), gpus, forks);
    }

    /** The same header with another number of forks. */
    TrialHeader withForks(int number) {
        return with(objective, gpus, forks.times(number));
    }

    private TrialHeader with(Optional<Objective> otherObjective, int otherGpus, Forks otherForks) {
        return new TrialHeader(
                index,
                fork,
                workload,
                workloadClass,
                description,
                params,
                load,
                warmup,
                measurement,
                endpoint,
                simulated,
                apiKeyEnv,
                apiKeySet,
                model,
                tokenizer,
                timeout,
                otherObjective,
                streaming,
                extraBody,
                headerNames,
                otherGpus,
                otherForks,
                seed,
                samePrompts);
    }

    /** The URL without user and password, and with its query's names only: either may hold a key. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("^([^/?#]*//)[^/?#]*@", "$1").replaceAll("([?&][^=&#]*=)[^&#]*", "$1...");
    }

    /** Whether another tool measured it. */
    public boolean imported() {
        return workloadClass.isEmpty();
    }

    /** How many requests these iterations send together; empty where that is not known beforehand. */
    public OptionalLong requests(Iterations iterations) {
        Extent extent = iterations.extent();
        if (extent instanceof Extent.Requests requests) {
            return OptionalLong.of(requests.count() * iterations.count());
        }
        if (extent instanceof Extent.RequestsPerSlot perSlot && load instanceof Load.Closed loop) {
            return OptionalLong.of((long) perSlot.count() * loop.concurrency() * iterations.count());
        }
        return iterations.count() == 0 ? OptionalLong.of(0) : OptionalLong.empty();
    }
}
