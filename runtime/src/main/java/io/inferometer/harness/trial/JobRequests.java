package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.target.TargetSettingsOf;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The requests of a trial, made and not sent. */
public final class JobRequests implements AutoCloseable {
    private final Trial trial;
    private final TargetSettings settings;
    private final Target target;

    private JobRequests(Trial trial, TargetSettings settings) {
        this.trial = trial;
        this.settings = settings;
        this.target = new Target(settings, new JdkTransport(System::nanoTime), System::nanoTime);
    }

    /**
     * Those of a trial.
     *
     * @param environment gives the value of a variable, null where it is not set
     * @throws UsageException if its URL can't be asked
     */
    public static JobRequests of(Trial trial, UnaryOperator<String> environment) {
        try {
            return new JobRequests(
                    trial, TargetSettingsOf.trial(trial, trial.endpoint().url(), environment));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Takes a request's body. */
    @FunctionalInterface
    public interface Taker {
        void take(long index, byte[] body) throws IOException;
    }

    /** Where the trial's requests would be sent. */
    public URI uri() {
        return target.uri();
    }

    /** The headers of every request, the key among them. */
    public Map<String, String> headers() {
        return settings.headers();
    }

    /** What a reader should know of how those that were made were made, a line each. */
    public List<String> notes() {
        return target.notes();
    }

    /**
     * Makes the requests of the first measured iteration, so many or as many as there are; their own headers are left out.
     *
     * @return how many there were
     * @throws HarnessException if the workload fails
     */
    public long make(long count, Taker taker) throws HarnessException, InterruptedException, IOException {
        WorkloadCalls<?> workload = WorkloadCalls.of(trial);
        workload.setUp();
        try {
            IterationContext iteration = workload.iteration(false, 0);
            workload.setUp(iteration);
            long index = 0;
            while (index < count) {
                InferenceRequest request = made(workload, iteration, index);
                if (request == null) {
                    break;
                }
                taker.take(index, body(request));
                index++;
            }
            workload.tearDown(iteration);
            return index;
        } finally {
            workload.tearDown();
        }
    }

    private byte[] body(InferenceRequest request) {
        try {
            return target.prepare(request.streaming(false)).body();
        } catch (IllegalArgumentException e) {
            throw new UsageException(trial.binding().descriptor().name() + ": " + e.getMessage());
        }
    }

    private InferenceRequest made(WorkloadCalls<?> workload, IterationContext iteration, long index)
            throws HarnessException, InterruptedException {
        try {
            return workload.request(iteration, index);
        } catch (InterruptedException | UsageException e) {
            throw e;
        } catch (Exception e) {
            throw new HarnessException(
                    trial.binding().descriptor().name() + ": no request could be made: "
                            + Thrown.line(trial.binding(), e),
                    e);
        }
    }

    @Override
    public void close() {
        target.close();
    }
}
