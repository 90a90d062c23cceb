package io.inferometer.harness.trial;

import io.inferometer.plan.Trial;
import io.inferometer.report.MemberLines;
import java.util.Timer;
import java.util.TimerTask;

/** Has a member of a run say once a second, in its journal, that it works: its recorder and its disk too. */
final class Heartbeat implements AutoCloseable {
    private static final long MILLIS = 1_000;

    private final Timer timer = new Timer("inferometer-heartbeat", true);

    private Heartbeat() {}

    /** Begins, where the trial is a member's share; null where it is not. */
    static Heartbeat of(Trial trial, RunContext run) {
        if (trial.split().alone()) {
            return null;
        }
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        run.recorder()
                                .run(() -> run.log()
                                        .member(
                                                MemberLines.BEAT,
                                                MemberLines.of(
                                                        trial.index(),
                                                        trial.fork(),
                                                        trial.split().member())));
                    }
                },
                0,
                MILLIS);
        return heartbeat;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
