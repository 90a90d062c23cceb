package io.inferometer.harness.fork;

import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.process.ForkLauncher;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.LateChecks;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.harness.trial.ProgressTimer;
import io.inferometer.harness.trial.RunContext;
import io.inferometer.harness.trial.Running;
import io.inferometer.harness.trial.ServerWatch;
import io.inferometer.instrument.Health;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.ClientOverhead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs one fork of a trial: starts its JVM and follows the journal that this keeps, so that what happens there is told
 * and kept here while it happens. A fork that dies leaves all that was in its journal by then, to the last whole line.
 */
public final class ForkRunner implements Running, AutoCloseable, JournalReader.Visitor {
    private final Trial trial;
    private final int fork;
    private final Path journal;
    private final RunContext run;
    private final DoneBefore earlier;
    private final LateChecks late;
    private long requests;
    private long measured;
    private volatile Process process;
    private volatile ServerWatch server;
    private volatile boolean stopped;
    private volatile boolean givenUp;
    private volatile OptionalLong expected = OptionalLong.empty();
    private volatile long iterationStart;

    public ForkRunner(Trial trial, int fork, Path journal, RunContext run) {
        this.trial = trial;
        this.fork = fork;
        this.journal = journal;
        this.run = run;
        late = LateChecks.of(trial);
        earlier = run.resumption().of(trial.index(), fork);
        measured = earlier.measured();
        iterationStart = run.clock().getAsLong();
    }

    /**
     * Runs it to its end, or until it is stopped.
     *
     * @return why it did not do all that it was meant to; empty if it did, or was stopped
     * @throws HarnessException if it can't be run at all
     * @throws UsageException if what was asked for can't be done
     */
    @SuppressWarnings("try")
    public Optional<String> run(ForkLauncher launcher) throws HarnessException, InterruptedException {
        try {
            process = launcher.start(trial, fork, journal, run.origin());
        } catch (IOException e) {
            throw new HarnessException(name() + " can't be started: " + e.getMessage(), e);
        }
        if (stopped) {
            tellToStop();
        }
        if (givenUp) {
            endInput();
        }
        ForkComplaints complaints = new ForkComplaints(process);
        ProgressTimer progress = new ProgressTimer(this::tellProgress);
        boolean complete;
        String unreadable = "";
        try (ServerWatch watched = watch()) {
            complete = JournalReader.read(journal, file -> new FollowedFile(file, process), this)
                    .complete();
            watched.forkEnded();
        } catch (IOException e) {
            // One that has ended may have written nothing; it says why itself.
            unreadable = process.isAlive() ? e.getMessage() : "";
            process.destroyForcibly();
            complete = false;
        } finally {
            progress.close();
        }
        run.recorder().drain();
        int status = process.waitFor();
        if (complete || stopped) {
            return Optional.empty();
        }
        return Optional.of(unreadable.isEmpty() ? broken(status, complaints.last()) : told("was ended: " + unreadable));
    }

    private ServerWatch watch() throws InterruptedException {
        ServerWatch watch = ServerWatch.ofFork(trial, fork, run);
        server = watch;
        if (stopped) {
            watch.stop();
        }
        return watch;
    }

    /** Why it broke off; one that did nothing at all would not do better another time, unless it was killed. */
    private String broken(int status, String complaint) throws HarnessException {
        int signal = ExitCode.signal(status);
        if (requests == 0 && status == ExitCode.USAGE.status()) {
            throw new UsageException(complaint);
        }
        if (requests == 0 && status == ExitCode.TOO_MANY_FAILURES.status()) {
            throw new PreFlightException(trial.index(), complaint);
        }
        if (requests == 0 && signal == 0) {
            throw new HarnessException(complaint.isEmpty() ? name() + " ended with status " + status : complaint);
        }
        String how = signal > 0
                ? "was killed by signal " + signal
                : complaint.isEmpty() ? "ended with status " + status : "failed: " + complaint;
        return told(how);
    }

    private String told(String how) {
        return name() + " " + how + "; the result has the "
                + (measured == 1 ? "measured request" : measured + " measured requests") + " that it finished";
    }

    private String name() {
        return "fork " + (fork + 1) + " of " + trial.forks().count()
                + trial.side().map(side -> " of " + side.letter()).orElse("");
    }

    @Override
    public void header(Map<String, Object> description) {
        // The run's own says the same.
    }

    @Override
    public void iterationStarted(IterationSpan span) {
        expected =
                earlier.left(span.warmup(), span.iteration(), trial.schedule().requests(span.warmup()));
        iterationStart = run.clock().getAsLong();
        run.recorder().run(() -> run.log().iterationStarted(span));
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        Optional<Health> seen = health.isEmpty() ? Optional.empty() : Optional.of(Health.ofMap(health));
        run.recorder().run(() -> run.log().iterationEnded(span, seen));
    }

    @Override
    public void clientOverhead(int index, int inFork, Map<String, Object> told) {
        ClientOverhead overhead = ClientOverhead.ofMap(told);
        run.recorder().run(() -> run.log().clientOverhead(trial.index(), fork, overhead));
    }

    @Override
    public void note(int index, int inFork, String text) {
        run.recorder().run(() -> run.log().notes(trial.index(), fork, List.of(text)));
    }

    @Override
    public void server(int index, int inFork, ServerRecord learnt) {
        run.recorder().run(() -> run.log().server(trial.index(), fork, learnt));
    }

    @Override
    public void request(RequestRecord request) {
        requests++;
        measured += request.warmup() ? 0 : 1;
        run.recorder().run(() -> run.log().record(request));
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        run.recorder().run(() -> run.log().sessionEnded(session));
    }

    /** It was killed before it had checked that one. */
    @Override
    public void unchecked(RequestRecord request, AnswerTexts answer) {
        request(late.check(TrialHeader.of(trial), request, answer).orElse(request));
    }

    private void tellProgress() {
        OptionalLong total = expected;
        Duration elapsed = Duration.ofNanos(run.clock().getAsLong() - iterationStart);
        run.recorder().run(() -> run.log().progress(total, elapsed));
    }

    /** Tells the fork to send nothing more. */
    @Override
    public void stop() {
        stopped = true;
        ServerWatch watch = server;
        if (watch != null) {
            watch.stop();
        }
        if (process != null) {
            tellToStop();
        }
    }

    /** Tells the fork to give up what is in flight; it writes everything and ends. */
    @Override
    public void cancel() {
        givenUp = true;
        if (process != null) {
            endInput();
        }
    }

    private void tellToStop() {
        try {
            process.getOutputStream().write(ForkLauncher.STOP);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It has ended already, or has been told to.
        }
    }

    private void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    @Override
    public void close() throws HarnessException {
        if (process != null) {
            process.destroyForcibly();
        }
        late.close();
    }
}
