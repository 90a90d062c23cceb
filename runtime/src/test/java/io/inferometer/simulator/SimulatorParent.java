package io.inferometer.simulator;

import java.io.IOException;

/** A process that starts a simulated endpoint, says its process id, and then waits to be killed. */
final class SimulatorParent {
    private SimulatorParent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SimulatorProcess simulator = SimulatorProcess.start(Profile.parse("metronome"));
        System.out.println(simulator.pid());
        Thread.currentThread().join();
    }
}
