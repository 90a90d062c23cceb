package io.inferometer.harness.fork;

import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.Share;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.ProgressTimer;
import io.inferometer.harness.trial.RunContext;
import io.inferometer.harness.trial.Running;
import io.inferometer.harness.trial.ServerWatch;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs one fork of a trial on its members, all at the same time: has each start a JVM, and follows the journals that these
 * keep, so that what happens there is told and kept here while it happens. One that dies leaves all that was in its journal
 * by then, to the last whole line.
 */
public final class ForkRunner implements Running, AutoCloseable {
    private final Trial trial;
    private final int fork;
    private final ForkJournals journals;
    private final RunContext run;
    private final Plan.OnLost onLost;
    private final Optional<String> simulated;
    private final ForkEvents events;
    private final List<FollowedMember> members = new ArrayList<>();
    private volatile ServerWatch server;
    private volatile boolean stopped;

    /**
     * @param crew who shares it, at least one
     * @param simulated the simulated endpoint that all send to; empty where there is none, or each has its own
     * @param onLost what becomes of the others when one is lost
     * @param journals where their journals are
     * @param startedAt when the run was planned
     */
    public ForkRunner(
            Trial trial,
            int fork,
            List<Member> crew,
            Optional<String> simulated,
            Plan.OnLost onLost,
            ForkJournals journals,
            Instant startedAt,
            RunContext run)
            throws IOException {
        this.trial = trial;
        this.fork = fork;
        this.journals = journals;
        this.run = run;
        this.simulated = simulated;
        this.onLost = onLost;
        Together together = new Together(crew.size(), () -> run.clock().getAsLong() - run.origin(), this::begin);
        events = new ForkEvents(trial, fork, crew.size(), together, this::stopAll, run);
        DoneBefore earlier = run.resumption().of(trial.index(), fork);
        long measured = crew.size() == 1 ? earlier.measured() : 0;
        for (int i = 0; i < crew.size(); i++) {
            Share share = new Share(
                    trial,
                    fork,
                    new Split(i, crew.size(), crew.get(i).name()),
                    startedAt,
                    journals.of(fork, i, crew.size()),
                    run.origin(),
                    simulated,
                    earlier.begun() ? earlier.toMap(trial.index(), fork) : Map.of());
            members.add(new FollowedMember(crew.get(i), share, measured, events));
        }
    }

    /**
     * Runs it to its end, or until it is stopped.
     *
     * @return why it did not do all that it was meant to, a line for each member; empty if it did, or was stopped
     * @throws HarnessException if it can't be run at all
     * @throws UsageException if what was asked for can't be done
     */
    @SuppressWarnings("try")
    public List<String> run() throws HarnessException, InterruptedException {
        events.crew();
        for (FollowedMember member : members) {
            member.start();
        }
        try (ServerWatch watched = watch();
                ProgressTimer progress = new ProgressTimer(this::tick)) {
            follow();
            watched.forkEnded();
        }
        run.recorder().drain();
        List<String> lacks = new ArrayList<>();
        for (FollowedMember member : members) {
            member.lack().ifPresent(lacks::add);
        }
        return lacks;
    }

    private void follow() throws InterruptedException {
        List<MemberThread> threads = members.stream().map(MemberThread::new).toList();
        threads.forEach(Thread::start);
        try {
            for (MemberThread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        for (MemberThread thread : threads) {
            thread.rethrow();
        }
    }

    private void tick() {
        events.tellProgress();
        members.forEach(FollowedMember::tick);
    }

    /** All are ready: they begin another iteration then, or there is none. */
    private void begin(long nanos) {
        boolean another = events.another();
        members.forEach(member -> {
            if (another) {
                member.go(nanos);
            } else {
                member.enough();
            }
        });
    }

    /** Deletes the journals of its members, all of which is in that of the run. */
    public void forget() throws IOException {
        for (FollowedMember member : members) {
            journals.forget(member.journal());
        }
    }

    private ServerWatch watch() throws InterruptedException {
        ServerWatch watch = ServerWatch.ofFork(trial, fork, simulated, run);
        server = watch;
        if (stopped) {
            watch.stop();
        }
        return watch;
    }

    /** Tells the fork to send nothing more. */
    @Override
    public void stop() {
        stopped = true;
        ServerWatch watch = server;
        if (watch != null) {
            watch.stop();
        }
        stopAll();
    }

    private void stopAll() {
        members.forEach(FollowedMember::stop);
    }

    /** Tells the fork to give up what is in flight; it writes everything and ends. */
    @Override
    public void cancel() {
        members.forEach(FollowedMember::cancel);
    }

    @Override
    public void close() throws HarnessException {
        members.forEach(FollowedMember::close);
        events.close();
    }

    /** Follows one member; whatever that throws is thrown again by whoever waits for it. */
    private final class MemberThread extends Thread {
        private final FollowedMember member;
        private Throwable thrown;

        MemberThread(FollowedMember member) {
            super("inferometer-member");
            this.member = member;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                member.follow();
                if (!member.whole() && onLost == Plan.OnLost.END) {
                    // Without this one the others would be a load that nobody asked for.
                    stopAll();
                }
                member.tellEnd(onLost == Plan.OnLost.CONTINUE);
                events.memberEnded(member.number(), member.lost() && onLost == Plan.OnLost.CONTINUE);
            } catch (InterruptedException | RuntimeException | Error e) {
                thrown = e;
                stopAll();
                events.memberEnded(member.number(), false);
            }
        }

        void rethrow() throws InterruptedException {
            if (thrown instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (thrown instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
        }
    }
}
