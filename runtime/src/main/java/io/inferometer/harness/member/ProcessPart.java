package io.inferometer.harness.member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A share that is run by a process of this machine, which is told what to do on its standard input. */
final class ProcessPart implements Part {
    private final Process process;
    private final ForkComplaints complaints;

    ProcessPart(Process process) {
        this.process = process;
        complaints = new ForkComplaints(process);
    }

    @Override
    public boolean ended(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int status() {
        return process.exitValue();
    }

    @Override
    public String complaint() throws InterruptedException {
        return complaints.last();
    }

    @Override
    public void stop() {
        tell(new byte[] {ForkLauncher.STOP});
    }

    @Override
    public void go(long nanos) {
        tell((Character.toString(ForkLauncher.GO) + nanos + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void enough() {
        tell((byte) ForkLauncher.ENOUGH);
    }

    private synchronized void tell(byte... what) {
        try {
            process.getOutputStream().write(what);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It has ended already, or has been told to.
        }
    }

    @Override
    public void cancel() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    @Override
    public Optional<ClockComparison> clock() {
        return Optional.empty();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
