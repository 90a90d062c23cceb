package io.inferometer.harness.trial;

import io.inferometer.harness.process.Starts;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.instrument.HealthWatch;
import io.inferometer.instrument.Transports;
import io.inferometer.plan.Plan;
import io.inferometer.record.Recorder;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What the trials of a run share.
 *
 * @param environment gives the value of an environment variable, null where it is not set
 * @param redact takes out of a text what must not be shown
 * @param simulators the simulated endpoints that the run has started
 * @param transports carry the requests of all trials, which use each other's connections again
 * @param recorder takes requests that have ended
 * @param log takes what else happens
 * @param watch looks at the client while it measures; null where every trial runs in forks
 * @param calibrate when the load is replayed to measure what the client itself adds
 * @param percentiles the percentiles that are shown
 * @param insecure whether certificates are not verified
 * @param preFlight asks an endpoint before it is measured
 * @param starts tells a member when to start its iterations
 * @param clock nanoseconds, monotonic
 * @param origin the start of the run on that clock
 * @param resumption what was done of the run before it was interrupted
 */
public record RunContext(
        UnaryOperator<String> environment,
        UnaryOperator<String> redact,
        Simulators simulators,
        Transports transports,
        Recorder recorder,
        RunLog log,
        HealthWatch watch,
        Plan.Calibrate calibrate,
        List<Double> percentiles,
        boolean insecure,
        PreFlight preFlight,
        Starts starts,
        LongSupplier clock,
        long origin,
        Resumption resumption) {}
