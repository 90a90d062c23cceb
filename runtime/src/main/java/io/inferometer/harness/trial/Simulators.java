package io.inferometer.harness.trial;

import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The simulated endpoints of a run, one for each profile, each in a JVM of its own until the run ends. */
public final class Simulators implements AutoCloseable {
    private final Optional<String> given;
    private final Map<String, SimulatorProcess> started = new LinkedHashMap<>();

    /** Those that it starts itself. */
    public Simulators() {
        this(Optional.empty());
    }

    /** @param given the only one that there is, which another process has started; empty for some of this one's own */
    public Simulators(Optional<String> given) {
        this.given = given;
    }

    /** The base URL of the endpoint of a profile, which is started if it is not there yet. */
    public String url(String profile) throws HarnessException {
        if (given.isPresent()) {
            return given.get();
        }
        SimulatorProcess process = started.get(profile);
        if (process == null) {
            try {
                process = SimulatorProcess.start(Profile.parse(profile));
            } catch (IOException e) {
                throw new HarnessException(e.getMessage(), e);
            }
            started.put(profile, process);
        }
        return process.url();
    }

    @Override
    public void close() {
        started.values().forEach(SimulatorProcess::close);
    }
}
