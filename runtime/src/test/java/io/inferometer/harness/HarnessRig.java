package io.inferometer.harness;

import io.inferometer.plan.Plan;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A harness, a workload that keeps what it was asked, and an endpoint that ticks: what tests of a run stand on. */
abstract class HarnessRig {
    @TempDir
    Path dir;

    final Calls calls = new Calls();
    final Seen seen = new Seen();
    SimulatedEndpoint endpoint;
    String profile = "metronome?ttft=5&itl=1";

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    void endpoint(String otherProfile) throws Exception {
        endpoint.close();
        profile = otherProfile;
        startEndpoint();
    }

    Plan calibrating(Plan.Calibrate when) {
        return APlan.like(plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 2), Iterations.ofRequests(1, 20)))
                .calibrate(when)
                .plan();
    }

    static Plan twice(Plan one, Duration pause) {
        return APlan.like(one).trials(2).pause(pause).plan();
    }

    static int indexOf(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("no line has " + part);
    }

    Harness harness(Plan plan) {
        return new Harness(plan, name -> null, seen);
    }

    Plan plan(Load load, Iterations warmup, Iterations measurement) {
        return APlan.of(
                        dir.resolve("run.journal.jsonl"),
                        new APlan.ATrial(new Fake(calls), endpoint.url()).load(load, warmup, measurement))
                .plan();
    }

    static final class Calls {
        final List<String> log = new ArrayList<>();
        final List<RequestContext> contexts = new ArrayList<>();
        long last = Long.MAX_VALUE;
        long throwAt = -1;
        long wrongAt = -1;
        final List<Answer> answers = new CopyOnWriteArrayList<>();
        Error error;
        Error setupError;
        Error tearDownError;
        Error checkError;
        final CompletableFuture<Void> setupBegun = new CompletableFuture<>();
        CountDownLatch setupEnds = new CountDownLatch(0);
    }

    static final class Seen implements Report {
        final List<RequestRecord> records = new ArrayList<>();
        final List<String> traces = new ArrayList<>();
        final CompletableFuture<Void> firstRecord = new CompletableFuture<>();
        final CompletableFuture<Void> iterationStarted = new CompletableFuture<>();
        final CompletableFuture<Void> measured = new CompletableFuture<>();

        RunReport run;

        @Override
        public void checkThrew(Supplier<String> trace) {
            traces.add(trace.get());
        }

        @Override
        public void runEnded(RunReport ended) {
            run = ended;
        }

        @Override
        public void iterationEnded(IterationReport iteration) {
            if (!iteration.warmup()) {
                measured.complete(null);
            }
        }

        @Override
        public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
            iterationStarted.complete(null);
        }

        @Override
        public void requestEnded(RequestRecord record, RequestMetrics metrics) {
            records.add(record);
            firstRecord.complete(null);
        }
    }

    private record Fake(Calls calls) implements WorkloadBinding<Calls> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Fake", "Fake")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public Calls create(ParamValues values) {
            return calls;
        }

        @Override
        public void setup(Calls workload, TrialContext trial) throws InterruptedException {
            calls.setupBegun.complete(null);
            calls.setupEnds.await();
            if (calls.setupError != null) {
                throw calls.setupError;
            }
            calls.log.add("setup");
        }

        @Override
        public void setup(Calls workload, IterationContext iteration) {
            calls.log.add("setup " + name(iteration));
        }

        @Override
        public void tearDown(Calls workload, TrialContext trial) {
            if (calls.tearDownError != null) {
                throw calls.tearDownError;
            }
            calls.log.add("tearDown");
        }

        @Override
        public void tearDown(Calls workload, IterationContext iteration) {
            calls.log.add("tearDown " + name(iteration));
        }

        static String name(IterationContext iteration) {
            return (iteration.warmup() ? "warm-up " : "iteration ") + iteration.iteration();
        }

        @Override
        public boolean checksAnswers() {
            return true;
        }

        @Override
        public String check(Calls workload, Answer answer, RequestContext context) {
            calls.answers.add(answer);
            if (context.index() == calls.wrongAt && calls.checkError != null) {
                throw calls.checkError;
            }
            if (!context.warmup() && context.index() == calls.wrongAt) {
                throw new IllegalStateException(
                        answer.outputTokens().getAsInt() + " tokens\n were not what " + context.index() + " asked for");
            }
            return null;
        }

        @Override
        public InferenceRequest request(Calls workload, RequestContext context) {
            if (context.index() == calls.throwAt && calls.error != null) {
                throw calls.error;
            }
            if (context.index() == calls.throwAt) {
                throw new IllegalStateException("no prompt " + calls.throwAt);
            }
            calls.contexts.add(context);
            return context.index() >= calls.last
                    ? null
                    : InferenceRequest.chat("Hello").maxOutputTokens(5);
        }
    }
}
