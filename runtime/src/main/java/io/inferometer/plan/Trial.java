package io.inferometer.plan;

import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One workload with one choice of parameters and load: everything that is needed to run it, resolved.
 *
 * @param index its number in the run, from 0
 * @param fork which of the forks this is, from 0
 * @param binding makes and calls the workload
 * @param params a value for each parameter
 * @param load when requests are sent
 * @param warmup the warm-up iterations
 * @param measurement the measured iterations
 * @param endpoint where requests go
 * @param model the model that is asked for; empty for none
 * @param tokenizer the tokenizer that counts where the endpoint does not; empty for none
 * @param timeout how long a request may take
 * @param objective what a request must meet to count as goodput
 * @param streaming replaces the requests' own choice
 * @param extraBody JSON of an object that is merged into every body; empty for none
 * @param headers headers of every request; a value's <code>${VAR}</code> is read from the environment when the header
 *     is made
 * @param gpus how many GPUs the endpoint has; 0 where that is not known
 * @param forks the client JVMs it runs in
 * @param seed the seed of everything that is drawn
 */
public record Trial(
        int index,
        int fork,
        WorkloadBinding<?> binding,
        ParamValues params,
        Load load,
        Iterations warmup,
        Iterations measurement,
        EndpointAddress endpoint,
        String model,
        String tokenizer,
        Duration timeout,
        Optional<Objective> objective,
        Optional<Boolean> streaming,
        String extraBody,
        Map<String, String> headers,
        int gpus,
        Forks forks,
        long seed) {
    public Trial {
        headers = Map.copyOf(headers);
    }

    /** This trial as one of its forks runs it, in the JVM of its harness. */
    Trial forked(int number) {
        return new Trial(
                index,
                number,
                binding,
                params,
                load,
                warmup,
                measurement,
                endpoint,
                model,
                tokenizer,
                timeout,
                objective,
                streaming,
                extraBody,
                headers,
                gpus,
                Forks.NONE,
                seed);
    }

    /** How many requests an iteration of this extent sends under this trial's load; empty where it is a time. */
    public OptionalLong requests(Extent extent) {
        if (extent instanceof Extent.Requests requests) {
            return OptionalLong.of(requests.count());
        }
        if (extent instanceof Extent.RequestsPerSlot perSlot && load instanceof Load.Closed loop) {
            return OptionalLong.of((long) perSlot.count() * loop.concurrency());
        }
        return OptionalLong.empty();
    }

    /** What the workload may know of this trial. */
    public TrialContext context() {
        return new TrialContext(model, tokenizer, load, seed, fork, requests(measurement.extent()));
    }
}
