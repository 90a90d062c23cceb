package io.inferometer.processor.binding;

import io.inferometer.annotations.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;

/**
 * A workload without a mistake: what its annotations say, and the members that its binding sets and calls.
 *
 * <p>Constants of the annotations' enums are held by their names.
 *
 * @param type the workload class
 * @param name its name on the command line
 * @param binaryName its binary name
 * @param description the line about it; may be empty
 * @param main whether a run without a name runs it
 * @param settings what it declares about the endpoint and the run
 * @param load when requests are sent
 * @param stages what is measured in place of that load, where declared
 * @param warmup the warm-up iterations, where declared
 * @param measurement the measured iterations
 * @param params the parameters, superclass first
 * @param request the method that makes requests, or says what comes next in a session
 * @param inSessions whether it is the latter
 * @param check the method that checks answers, where there is one
 * @param setups the set-up methods in the order of their calls
 * @param tearDowns the tear-down methods in the order of their calls
 */
public record WorkloadModel(
        TypeElement type,
        String name,
        String binaryName,
        String description,
        boolean main,
        Settings settings,
        Load load,
        Optional<String> stages,
        Optional<Iterations> warmup,
        Iterations measurement,
        List<Param> params,
        Method request,
        boolean inSessions,
        Optional<Method> check,
        List<Method> setups,
        List<Method> tearDowns) {

    /** What is declared about the endpoint and the run; each may be left to the command line. */
    public record Settings(
            Optional<Endpoint> endpoint,
            Optional<Model> model,
            List<Env> env,
            Optional<Slo> slo,
            Optional<Time> timeout,
            List<Results> results,
            Optional<Fork> fork) {

        /** The variable that holds the API key; empty for none. */
        public String apiKeyEnv() {
            return endpoint.map(Endpoint::apiKeyEnv).orElse("");
        }
    }

    public record Endpoint(String url, String path, String auth, String apiKeyEnv, Optional<String> protocol) {}

    public record Model(String name, String tokenizer) {}

    public record Env(String name, String setting) {}

    public record Slo(double ttftMillis, double tpotMillis, double e2elMillis) {}

    public record Results(String format, String file) {}

    public record Fork(long count, String jvm, List<String> jvmArgs) {}

    public record Time(long amount, TimeUnit unit) {}

    /** When requests are sent; named as the annotation that declares it. */
    public sealed interface Load {
        /** That annotation, for messages. */
        default String annotation() {
            return '@' + getClass().getSimpleName();
        }
    }

    public record ClosedLoop(List<Integer> concurrency) implements Load {}

    public record OpenLoop(List<Double> rates, String arrivals, double burstiness) implements Load {}

    public record AllAtOnce(OptionalInt users, OptionalDouble spawnRate) implements Load {}

    public record Replay(List<Double> speeds, Optional<Time> maxIdle) implements Load {}

    /** How many iterations, and how long each; without an extent it is left to the workload's prompts. */
    public record Iterations(int count, Optional<Extent> extent) {}

    /** How long an iteration is. */
    public sealed interface Extent {}

    public record Requests(long count) implements Extent {}

    public record RequestsPerSlot(int count) implements Extent {}

    public record Sessions(long count) implements Extent {}

    public record Lasting(Time time) implements Extent {}

    public record Param(VariableElement field, ParamKind kind, String env, List<String> values) {
        public String name() {
            return field.getSimpleName().toString();
        }
    }

    /**
     * A method to call.
     *
     * @param element where it is declared
     * @param type its type in the workload class, with the type arguments of superclasses filled in
     * @param level that of a step; empty for the others
     * @param arguments what the binding passes to it, as an expression over its own parameters
     */
    public record Method(ExecutableElement element, ExecutableType type, Optional<Level> level, String arguments) {}
}
