package io.inferometer.harness.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.APlan;
import io.inferometer.harness.CountingBinding;
import io.inferometer.harness.member.ClockComparison;
import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.member.Share;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.header.RunHeader;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members elsewhere that are there, were told to start, and say nothing. */
@Timeout(60)
class FollowedMemberTest {
    @TempDir
    Path dir;

    private final Silent part = new Silent();

    @Test
    void whoNeverStartsIsEndedAndSaysSoInALine() throws Exception {
        assertThat(lackOf(new Split(1, 2, "10.0.0.2:7800")))
                .contains(
                        "10.0.0.2:7800 did not start, and was ended after 5 min; the result has the 0 measured requests"
                                + " that it finished");
        assertThat(part.closed).isTrue();
    }

    @Test
    void whoIsAloneAndNeverStartsIsEndedToo() throws Exception {
        assertThat(lackOf(Split.ALONE))
                .contains(
                        "10.0.0.2:7800 did not start, and was ended after 5 min; the result has the 0 measured requests"
                                + " that it finished");
        assertThat(part.closed).isTrue();
    }

    @Test
    void whoStartsAndIsNeverReadyIsEndedAndSaysSoInALine() throws Exception {
        Path own = dir.resolve("own.jsonl");
        Journal.create(own, RunHeader.of(plan()).toMap(), false).close(false, "interrupted");
        Files.write(own, Files.readAllLines(own).subList(0, 1));

        assertThat(lackOf(new Split(1, 2, "10.0.0.2:7800")))
                .contains("10.0.0.2:7800 did not become ready, and was ended after 5 min; the result has the 0 measured"
                        + " requests that it finished");
    }

    private Optional<String> lackOf(Split split) throws Exception {
        Plan plan = plan();
        Share share = new Share(
                plan.trials().get(0),
                0,
                split,
                plan.startedAt(),
                dir.resolve("own.jsonl"),
                0,
                Optional.empty(),
                Map.of());
        FollowedMember member = new FollowedMember(part, share, 0, null);
        member.start();
        Thread follower = new Thread(() -> {
            try {
                member.follow();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        follower.start();
        part.waitedFor.await();
        while (!part.closed) {
            member.tick();
            TimeUnit.MICROSECONDS.sleep(100);
        }
        follower.join();
        return member.lack();
    }

    private Plan plan() {
        return APlan.of(
                        dir.resolve("run.jsonl"),
                        new APlan.ATrial(new CountingBinding(), "http://127.0.0.1:1")
                                .load(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 4)))
                .plan();
    }

    /** Says nothing until it is ended. */
    private static final class Silent implements Member, Part {
        private final CountDownLatch ended = new CountDownLatch(1);
        /** All that there is of its journal has been read. */
        private final CountDownLatch waitedFor = new CountDownLatch(1);

        private volatile boolean closed;

        @Override
        public String name() {
            return "10.0.0.2:7800";
        }

        @Override
        public Part start(Share share) {
            return this;
        }

        @Override
        public boolean ended(Duration atMost) throws InterruptedException {
            if (!atMost.isZero()) {
                waitedFor.countDown();
            }
            return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int status() {
            return 1;
        }

        @Override
        public String complaint() {
            return "it was ended";
        }

        @Override
        public void stop() {
            throw new AssertionError("nobody tells it to");
        }

        @Override
        public void cancel() {
            throw new AssertionError("nobody tells it to");
        }

        @Override
        public void go(long nanos) {
            throw new AssertionError("it is not ready");
        }

        @Override
        public void enough() {
            throw new AssertionError("it is not ready");
        }

        @Override
        public Optional<ClockComparison> clock() {
            return Optional.of(new ClockComparison(0, 1));
        }

        @Override
        public void close() {
            closed = true;
            ended.countDown();
        }
    }
}
