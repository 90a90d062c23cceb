package io.inferometer.workload.binding;

import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.TurnContext;

/**
 * Makes and calls a workload without reflection. The annotation processor writes one for each workload class and lists
 * it as a service of this type.
 *
 * <p>All methods but {@link #check} and {@link #next} are called by one thread at a time.
 *
 * @param <W> the workload class
 */
public interface WorkloadBinding<W> {
    /** {@return what the workload's annotations say} The same value each time. */
    WorkloadDescriptor descriptor();

    /**
     * {@return a new instance whose parameter fields are set}
     *
     * @param values a valid value for each of the descriptor's parameters
     */
    W create(ParamValues values);

    /**
     * Calls the set-up methods of a trial, superclass first.
     *
     * @param workload an instance of {@link #create}
     * @param trial handed to those that take it
     * @throws Exception the first failure
     */
    default void setup(W workload, TrialContext trial) throws Exception {}

    /**
     * Calls the set-up methods of an iteration, superclass first.
     *
     * @param workload an instance of {@link #create}
     * @param iteration handed to those that take it
     * @throws Exception the first failure
     */
    default void setup(W workload, IterationContext iteration) throws Exception {}

    /**
     * Calls the tear-down methods of a trial, subclass first. One that throws does not keep the others from being
     * called; the first failure is thrown at the end, with the others suppressed in it.
     *
     * @param workload an instance of {@link #create}
     * @param trial handed to those that take it
     * @throws Exception the first failure
     */
    default void tearDown(W workload, TrialContext trial) throws Exception {}

    /**
     * Calls the tear-down methods of an iteration, in the same way.
     *
     * @param workload an instance of {@link #create}
     * @param iteration handed to those that take it
     * @throws Exception the first failure
     */
    default void tearDown(W workload, IterationContext iteration) throws Exception {}

    /** {@return whether it is asked turn by turn: {@link #next} is then called, and {@link #request} is not} */
    default boolean inSessions() {
        return false;
    }

    /**
     * Calls the request method.
     *
     * @param workload an instance of {@link #create}
     * @param context which request it is
     * @return what is sent
     * @throws Exception what the method fails with
     */
    default InferenceRequest request(W workload, RequestContext context) throws Exception {
        throw new UnsupportedOperationException(descriptor().name() + " has no @Request method");
    }

    /**
     * Calls the turn method. It may be called for several sessions at the same time.
     *
     * @param workload an instance of {@link #create}
     * @param turn which turn it is, and what came before
     * @return what comes next
     * @throws Exception what the method fails with
     */
    default NextTurn next(W workload, TurnContext turn) throws Exception {
        throw new UnsupportedOperationException(descriptor().name() + " has no @Turn method");
    }

    /** {@return whether there is a method that checks answers; only then is {@link #check} of any use} */
    default boolean checksAnswers() {
        return false;
    }

    /**
     * Calls the method that checks answers. It may be called while another thread calls {@link #request}.
     *
     * @param workload an instance of {@link #create}
     * @param answer one that came in whole
     * @param context the request that it answers
     * @return what is wrong with the answer; null or empty if nothing is
     * @throws Exception if the answer is wrong, with a message that says how
     */
    default String check(W workload, Answer answer, RequestContext context) throws Exception {
        return "";
    }
}
