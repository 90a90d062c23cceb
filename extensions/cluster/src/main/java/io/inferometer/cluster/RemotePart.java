package io.inferometer.cluster;

import io.inferometer.cluster.wire.Packet;
import io.inferometer.harness.member.ClockComparison;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.process.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A share that an agent runs: what it writes there is written here. */
final class RemotePart implements Part {
    /** The journal itself, or a part of it: an agent names no other file of this machine. */
    private static final Pattern ENDING = Pattern.compile("(\\.[0-9]{1,9})?");

    private final int number;
    private final Path journal;
    private final Consumer<Packet> agent;
    private final Supplier<Optional<ClockComparison>> clock;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** By what stands behind the journal's name; guarded by this. */
    private final Map<String, OutputStream> files = new HashMap<>();

    /** Not all that was sent is here; guarded by this. */
    private boolean lacking;

    private volatile int status = ExitCode.FAILED.status();
    private volatile String complaint = "";

    /**
     * @param number of the share in the run
     * @param journal where its journal is written
     * @param agent tells the agent something
     */
    RemotePart(int number, Path journal, Consumer<Packet> agent, Supplier<Optional<ClockComparison>> clock) {
        this.number = number;
        this.journal = journal;
        this.agent = agent;
        this.clock = clock;
    }

    /** What the agent said of it; by one thread at a time. */
    void heard(Packet packet) {
        if (packet instanceof Packet.Written written
                && ENDING.matcher(written.part()).matches()) {
            write(written);
        } else if (packet instanceof Packet.Ended end) {
            end(end.status(), end.complaint());
            if (whole()) {
                agent.accept(new Packet.Kept(number));
            }
        }
    }

    private synchronized boolean whole() {
        return !lacking;
    }

    private synchronized void write(Packet.Written written) {
        if (ended.getCount() == 0) {
            lacking = true;
            return;
        }
        try {
            OutputStream file = files.get(written.part());
            if (file == null) {
                Path path = journal.resolveSibling(journal.getFileName() + written.part());
                file = Files.newOutputStream(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                files.put(written.part(), file);
            }
            file.write(written.bytes());
        } catch (IOException e) {
            lacking = true;
            end(ExitCode.FAILED.status(), "what it sends can't be kept: " + e.getMessage());
            agent.accept(new Packet.Cancel(number));
        }
    }

    /** The agent is gone. */
    void lost() {
        end(ExitCode.FAILED.status(), "the agent was lost");
    }

    private synchronized void end(int with, String said) {
        if (ended.getCount() == 0) {
            return;
        }
        status = with;
        complaint = said;
        for (OutputStream file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                // Nothing is buffered.
            }
        }
        ended.countDown();
    }

    @Override
    public boolean ended(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String complaint() {
        return complaint;
    }

    @Override
    public void stop() {
        agent.accept(new Packet.Stop(number));
    }

    @Override
    public void cancel() {
        agent.accept(new Packet.Cancel(number));
    }

    @Override
    public void go(long nanos) {
        agent.accept(new Packet.Go(number, nanos));
    }

    @Override
    public void enough() {
        agent.accept(new Packet.Enough(number));
    }

    @Override
    public Optional<ClockComparison> clock() {
        return clock.get();
    }

    @Override
    public void close() {
        if (ended.getCount() > 0) {
            agent.accept(new Packet.Kill(number));
            end(ExitCode.FAILED.status(), "it was ended");
        }
    }
}
