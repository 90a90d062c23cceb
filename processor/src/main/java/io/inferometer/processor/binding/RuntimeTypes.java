package io.inferometer.processor.binding;

import com.palantir.javapoet.ClassName;
import java.util.List;

/**
 * The runtime's types that generated code names. The processor does not depend on the runtime, so this is the one place
 * that spells them; a test holds it against the real ones.
 */
public final class RuntimeTypes {
    static final String BINDING = "io.inferometer.workload.binding";

    private static final String WORKLOAD = "io.inferometer.workload";

    public static final ClassName WORKLOAD_BINDING = ClassName.get(BINDING, "WorkloadBinding");
    static final ClassName WORKLOAD_DESCRIPTOR = ClassName.get(BINDING, "WorkloadDescriptor");
    static final ClassName CLOSED_LOOP = ClassName.get(WORKLOAD, "Load", "Closed");
    static final ClassName OPEN_LOOP = ClassName.get(WORKLOAD, "Load", "Open");
    static final ClassName ALL_AT_ONCE = ClassName.get(WORKLOAD, "Load", "AtOnce");
    static final ClassName REPLAY = ClassName.get(WORKLOAD, "Load", "Replay");
    static final ClassName ITERATIONS = ClassName.get(BINDING, "Iterations");
    static final ClassName PARAM_TYPE = ClassName.get(BINDING, "ParamType");
    static final ClassName PARAM_VALUES = ClassName.get(BINDING, "ParamValues");
    public static final ClassName INFERENCE_REQUEST = ClassName.get(WORKLOAD, "InferenceRequest");
    public static final ClassName REQUEST_CONTEXT = ClassName.get(WORKLOAD, "RequestContext");
    public static final ClassName NEXT_TURN = ClassName.get(WORKLOAD, "NextTurn");
    public static final ClassName TURN_CONTEXT = ClassName.get(WORKLOAD, "TurnContext");
    public static final ClassName TRIAL_CONTEXT = ClassName.get(WORKLOAD, "TrialContext");
    public static final ClassName ITERATION_CONTEXT = ClassName.get(WORKLOAD, "IterationContext");
    public static final ClassName ANSWER = ClassName.get(WORKLOAD, "Answer");
    static final ClassName CALLS = ClassName.get(BINDING, "Calls");

    static final List<ClassName> ALL = List.of(
            WORKLOAD_BINDING,
            WORKLOAD_DESCRIPTOR,
            CLOSED_LOOP,
            OPEN_LOOP,
            ALL_AT_ONCE,
            REPLAY,
            ITERATIONS,
            PARAM_TYPE,
            PARAM_VALUES,
            INFERENCE_REQUEST,
            REQUEST_CONTEXT,
            NEXT_TURN,
            TURN_CONTEXT,
            TRIAL_CONTEXT,
            ITERATION_CONTEXT,
            ANSWER,
            CALLS);

    private RuntimeTypes() {}
}
