package io.inferometer.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.cluster.wire.Packet;
import io.inferometer.harness.member.GrowingJournal;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Plan;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.member.MemberLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A share that an agent runs: its JVM is a process of this machine, its journal a file here, which is deleted once all of
 * it is known to be at the coordinator's.
 */
final class AgentShare {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final int number;
    private final Part part;
    private final Path journal;
    private final Home home;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean kept;

    /** Sends packets home. */
    @FunctionalInterface
    interface Home {
        /** @throws IOException if nobody is there */
        void send(Packet packet) throws IOException;

        /** Remembers that nobody was there, which is not the journal's fault. */
        final class Sending implements Home {
            private final Home home;
            private boolean failed;

            Sending(Home home) {
                this.home = home;
            }

            @Override
            public void send(Packet packet) throws IOException {
                failed = true;
                home.send(packet);
                failed = false;
            }
        }
    }

    AgentShare(int number, Part part, Path journal, Home home) {
        this.number = number;
        this.part = part;
        this.journal = journal;
        this.home = home;
    }

    /**
     * Keeps, for a share's JVM to read, how far its fork came before.
     *
     * @param earlier as JSON
     * @param journal of the share; the file stands beside it, and goes when its JVM has ended
     */
    static Path keep(String earlier, Plan plan, Path journal) throws IOException {
        Path file = earlier(journal);
        Journal kept = Journal.create(file, RunHeader.of(plan).toMap(), true);
        try {
            kept.member(MemberLines.EARLIER, JSON.readValue(earlier, FIELDS));
        } finally {
            kept.close(false, "it is gone on with");
        }
        return file;
    }

    private static Path earlier(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".earlier");
    }

    /** Tells all that its journal says, until it has ended. */
    void tell() {
        try {
            String unreadable = tellJournal();
            Files.deleteIfExists(earlier(journal));
            home.send(
                    unreadable.isEmpty()
                            ? new Packet.Ended(number, part.status(), part.complaint())
                            : new Packet.Ended(number, ExitCode.FAILED.status(), unreadable));
        } catch (IOException e) {
            // Nobody is there any more: it is told where the journal is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return why it can't be read; empty if it was, to its end */
    private String tellJournal() throws IOException, InterruptedException {
        Home.Sending sending = new Home.Sending(home);
        try (GrowingJournal growing = new GrowingJournal(journal)) {
            boolean ended = false;
            while (!ended) {
                ended = part.ended(Duration.ZERO);
                boolean any = growing.tell((ending, bytes, length) ->
                        sending.send(new Packet.Written(number, ending, Arrays.copyOf(bytes, length))));
                if (!any && !ended) {
                    part.ended(LOOK);
                }
            }
            return "";
        } catch (IOException e) {
            if (sending.failed) {
                throw e;
            }
            part.close();
            return "its journal can't be read: " + e.getMessage();
        }
    }

    void obey(Packet packet) {
        if (packet instanceof Packet.Go go) {
            part.go(go.nanos());
        } else if (packet instanceof Packet.Enough) {
            part.enough();
        } else if (packet instanceof Packet.Stop) {
            part.stop();
        } else if (packet instanceof Packet.Cancel) {
            part.cancel();
        } else if (packet instanceof Packet.Kill) {
            part.close();
        } else if (packet instanceof Packet.Kept) {
            keep();
        }
    }

    private void keep() {
        try {
            Journal.delete(journal);
        } catch (IOException e) {
            // It stays, and does no harm.
        }
        kept = true;
        over.countDown();
    }

    /** What its JVM has read of earlier times, where that was not told home to the end. */
    private void forget() {
        try {
            Files.deleteIfExists(earlier(journal));
        } catch (IOException e) {
            // It stays, and does no harm.
        }
    }

    /** Gives up what is in flight. */
    void end() {
        part.cancel();
    }

    /**
     * Waits for its end.
     *
     * @return where its journal is, if the coordinator may not have all of it
     */
    Optional<String> awaitEnd(long nanos) throws InterruptedException {
        if (!part.ended(Duration.ofNanos(Math.max(0, nanos)))) {
            part.close();
        }
        forget();
        over.await(Math.min(Math.max(0, nanos), TimeUnit.SECONDS.toNanos(2)), TimeUnit.NANOSECONDS);
        return kept || Files.notExists(journal)
                ? Optional.empty()
                : Optional.of("the coordinator has not kept all of " + journal
                        + ", which stays: report --merge puts it together with those of the other agents");
    }
}
