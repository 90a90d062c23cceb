package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.member.Share;
import io.inferometer.plan.Plan;
import io.inferometer.report.Report;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** A fork that is a thread; told to stop as one that is a process. */
public final class ForkInThisJvm extends Process {
    /** What it does; returns its exit status. */
    public interface Body {
        int run() throws Exception;
    }

    /** Is told of a share that is over. */
    interface Ended {
        void told(Share share) throws Exception;
    }

    private final CompletableFuture<Integer> status;
    private final OutputStream input;

    public ForkInThisJvm(Body body, Runnable stop) {
        this(
                body,
                stop,
                nanos -> {
                    throw new IllegalStateException("it is alone");
                },
                () -> {
                    throw new IllegalStateException("it is alone");
                });
    }

    /**
     * @param go is told when to start
     * @param enough is told that there is no further iteration
     */
    private ForkInThisJvm(Body body, Runnable stop, LongConsumer go, Runnable enough) {
        status = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return body.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task, "fork").start());
        input = new OutputStream() {
            private StringBuilder number;

            @Override
            public void write(int told) {
                if (told == ForkLauncher.GO) {
                    number = new StringBuilder();
                } else if (number == null && told == ForkLauncher.ENOUGH) {
                    enough.run();
                } else if (number == null) {
                    assertThat(told).isEqualTo(ForkLauncher.STOP);
                    stop.run();
                } else if (told == '\n') {
                    go.accept(Long.parseLong(number.toString()));
                    number = null;
                } else {
                    number.append((char) told);
                }
            }
        };
    }

    /** Starts the forks of a plan so. */
    public static ForkLauncher of(Plan plan) {
        return of(plan, share -> {});
    }

    /** The same, and tells of each share that is over while its journal is still there. */
    static ForkLauncher of(Plan plan, Ended ended) {
        return share -> {
            Harness harness = new Harness(
                    plan.startedAt(share.startedAt())
                            .forked(
                                    share.trial().index(),
                                    share.fork(),
                                    share.split(),
                                    share.journal(),
                                    share.origin(),
                                    share.simulatedUrl()),
                    name -> null,
                    new Report() {});
            return new ForkInThisJvm(
                    () -> {
                        harness.run();
                        ended.told(share);
                        return 0;
                    },
                    harness::interrupt,
                    harness::go,
                    harness::enough);
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return input;
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return status.join();
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            status.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    @Override
    public boolean isAlive() {
        return !status.isDone();
    }

    @Override
    public int exitValue() {
        return status.join();
    }

    @Override
    public void destroy() {
        throw new IllegalStateException("a fork is told to end");
    }

    @Override
    public Process destroyForcibly() {
        assertThat(isAlive()).isFalse();
        return this;
    }
}
