package com.example;

import io.inferometer.workload.Load;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.TurnContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.lang.Exception;
import java.lang.Override;
import javax.annotation.processing.Generated;

/**
 * Describes, makes and calls {@link Conversation}, as its annotations say.
 */
@Generated("io.inferometer.processor.WorkloadProcessor")
public final class Conversation_Workload implements WorkloadBinding<Conversation> {
    private static final WorkloadDescriptor DESCRIPTOR = WorkloadDescriptor.of("Conversation", "com.example.Conversation")
            .load(new Load.Closed(4))
            .warmup(Iterations.ofSessions(1, 2))
            .measurement(Iterations.ofSessions(1, 20))
            .build();

    /**
     * For ServiceLoader.
     */
    public Conversation_Workload() {
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Conversation create(ParamValues values) {
        return new Conversation();
    }

    @Override
    public boolean inSessions() {
        return true;
    }

    @Override
    public NextTurn next(Conversation workload, TurnContext turn) throws Exception {
        return workload.next(turn);
    }
}
