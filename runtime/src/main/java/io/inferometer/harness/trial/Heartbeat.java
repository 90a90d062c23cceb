package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.plan.Trial;
import io.inferometer.report.member.MemberLines;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Has a member of a run say once a second, in its journal, that it works, its recorder and its disk too, and how
 * many requests it has in flight: those in no record, should it be lost.
 */
final class Heartbeat implements AutoCloseable {
    private static final long MILLIS = 1_000;

    private final Timer timer = new Timer("inferometer-heartbeat", true);

    private Heartbeat() {}

    /** Begins, where the trial is a member's share; null where it is not. */
    static Heartbeat of(Trial trial, Target target, RunContext run) {
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
                                                MemberLines.beat(
                                                        trial.index(),
                                                        trial.fork(),
                                                        trial.split().member(),
                                                        target.inFlight())));
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
