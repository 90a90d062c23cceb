package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;

/**
 * The runtime's types that generated code names. The processor does not depend on the runtime, so this is the one place
 * that spells them; a test holds it against the real ones.
 */
final class RuntimeTypes {
    static final String PACKAGE = "io.inferometer.workload";

    static final ClassName WORKLOAD_BINDING = ClassName.get(PACKAGE, "WorkloadBinding");
    static final ClassName WORKLOAD_DESCRIPTOR = ClassName.get(PACKAGE, "WorkloadDescriptor");
    static final ClassName CLOSED_LOOP = ClassName.get(PACKAGE, "ClosedLoop");
    static final ClassName OPEN_LOOP = ClassName.get(PACKAGE, "OpenLoop");
    static final ClassName ALL_AT_ONCE = ClassName.get(PACKAGE, "AllAtOnce");
    static final ClassName ITERATIONS = ClassName.get(PACKAGE, "Iterations");
    static final ClassName PARAM_TYPE = ClassName.get(PACKAGE, "ParamType");
    static final ClassName PARAM_VALUES = ClassName.get(PACKAGE, "ParamValues");
    static final ClassName INFERENCE_REQUEST = ClassName.get(PACKAGE, "InferenceRequest");
    static final ClassName REQUEST_CONTEXT = ClassName.get(PACKAGE, "RequestContext");
    static final ClassName TRIAL_CONTEXT = ClassName.get(PACKAGE, "TrialContext");
    static final ClassName ANSWER = ClassName.get(PACKAGE, "Answer");
    static final ClassName CALLS = ClassName.get(PACKAGE, "Calls");

    static final List<ClassName> ALL = List.of(
            WORKLOAD_BINDING,
            WORKLOAD_DESCRIPTOR,
            CLOSED_LOOP,
            OPEN_LOOP,
            ALL_AT_ONCE,
            ITERATIONS,
            PARAM_TYPE,
            PARAM_VALUES,
            INFERENCE_REQUEST,
            REQUEST_CONTEXT,
            TRIAL_CONTEXT,
            ANSWER,
            CALLS);

    private RuntimeTypes() {}
}
