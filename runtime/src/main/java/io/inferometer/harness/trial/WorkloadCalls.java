package io.inferometer.harness.trial;

import io.inferometer.corpus.dataset.BadLine;
import io.inferometer.load.session.TurnException;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.Recorder;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.Session;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Calls the methods of a trial's workload. Whatever one throws ends the run with a line that says what, where and why; a
 * full heap has a way of its own.
 */
final class WorkloadCalls<W> {
    private final WorkloadBinding<W> binding;
    private final TrialContext context;
    private final W workload;

    private WorkloadCalls(WorkloadBinding<W> binding, ParamValues params, TrialContext context)
            throws HarnessException, InterruptedException {
        this.binding = binding;
        this.context = context;
        workload = made("constructor", () -> binding.create(params));
    }

    /** Makes the one instance of a trial. */
    static WorkloadCalls<?> of(Trial trial) throws HarnessException, InterruptedException {
        return of(trial.binding(), trial.params(), trial.context());
    }

    /** Makes another instance, as that of a trial. */
    static WorkloadCalls<?> of(WorkloadBinding<?> binding, ParamValues params, TrialContext context)
            throws HarnessException, InterruptedException {
        return new WorkloadCalls<>(binding, params, context);
    }

    /** A method that may throw anything. */
    interface Call {
        void call() throws Throwable;
    }

    private interface Made<T> {
        T make() throws Throwable;
    }

    /** Sets up the trial. An argument that set-up finds to be of no use is one that the user gave. */
    void setUp() throws HarnessException, InterruptedException {
        try {
            call("set-up", () -> binding.setup(workload, context));
        } catch (HarnessException e) {
            if (e.getCause() instanceof IllegalArgumentException unfit) {
                throw new UsageException(binding.descriptor().name() + ": " + unfit.getMessage(), unfit);
            }
            throw e;
        }
    }

    void tearDown() throws HarnessException, InterruptedException {
        call("tear-down", () -> binding.tearDown(workload, context));
    }

    IterationContext iteration(boolean warmup, int number) {
        return new IterationContext(context, warmup, number);
    }

    void setUp(IterationContext iteration) throws HarnessException, InterruptedException {
        call("set-up", () -> binding.setup(workload, iteration));
    }

    void tearDown(IterationContext iteration) throws HarnessException, InterruptedException {
        call("tear-down", () -> binding.tearDown(workload, iteration));
    }

    /** The request of an index, null where there is none; what it throws is told by whoever makes requests ahead. */
    InferenceRequest request(IterationContext iteration, long index) throws Exception {
        return binding.request(workload, new RequestContext(context, iteration.warmup(), iteration.iteration(), index));
    }

    /** What its sessions say. */
    Session turns() {
        return turn -> binding.next(workload, turn);
    }

    /**
     * What checks the answers; empty where nothing does.
     *
     * @param thrown told whatever it throws
     */
    Optional<Recorder.Judge> check(Consumer<Throwable> thrown) {
        return binding.checksAnswers()
                ? Optional.of(new AnswerCheck<>(binding, workload, context, thrown))
                : Optional.empty();
    }

    /** Calls what calls the workload. */
    void call(String what, Call call) throws HarnessException, InterruptedException {
        made(what, () -> {
            call.call();
            return null;
        });
    }

    private <T> T made(String what, Made<T> call) throws HarnessException, InterruptedException {
        try {
            return call.make();
        } catch (InterruptedException | OutOfMemoryError | UsageException e) {
            throw e;
        } catch (BadLine e) {
            // What the user's file is lacking is the user's to mend, and no fault of the workload's.
            throw new UsageException(e.getMessage(), e);
        } catch (TurnException e) {
            throw new HarnessException(binding.descriptor().name() + ": " + e.getMessage(), e);
        } catch (Throwable e) {
            throw new HarnessException(
                    binding.descriptor().name() + ": its " + what + " failed: " + Thrown.line(binding, e), e);
        }
    }
}
