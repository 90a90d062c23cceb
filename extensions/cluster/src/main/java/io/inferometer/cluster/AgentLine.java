package io.inferometer.cluster;

import io.inferometer.cluster.wire.CallLine;
import io.inferometer.cluster.wire.Identity;
import io.inferometer.harness.member.ClockComparison;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A coordinator's line to an agent: it calls, is answered, and compares clocks over it as long as the run goes on. When the
 * line ends, the agent ends what it does for the run.
 */
final class AgentLine implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PINGS = 16;
    private static final byte[] PING = {'?'};
    private static final long MILLION = 1_000_000;

    private final CallLine line;
    private final Call.Answer answer;
    private final long wallOffsetMillis;
    private Optional<ClockComparison> first = Optional.empty();
    private volatile Optional<ClockComparison> clock = Optional.empty();

    private AgentLine(CallLine line, Call.Answer answer) throws IOException {
        this.line = line;
        this.answer = answer;
        wallOffsetMillis = compare();
    }

    /**
     * Calls an agent.
     *
     * @throws IOException if it does not answer; the message says why, in a few words
     */
    static AgentLine call(InetSocketAddress agent, InetAddress from, Identity identity, Call call) throws IOException {
        CallLine line = CallLine.to(agent, from, identity, PATIENCE);
        try {
            line.send(call.bytes());
            return new AgentLine(line, Call.Answer.read(line.receive()));
        } catch (EOFException e) {
            line.close();
            throw new IOException("it hung up", e);
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    Call.Answer answer() {
        return answer;
    }

    /** How far its wall clock is ahead of this machine's. */
    long wallOffsetMillis() {
        return wallOffsetMillis;
    }

    /**
     * What is known of its clock. The bound holds for all comparisons, so it takes in what the clocks drifted apart. Waits for
     * none that is on.
     */
    Optional<ClockComparison> clock() {
        return clock;
    }

    /**
     * Compares clocks: of several round trips the shortest tells most.
     *
     * @return how far its wall clock is ahead, in milliseconds
     */
    synchronized long compare() throws IOException {
        long shortest = Long.MAX_VALUE;
        long offset = 0;
        long wall = 0;
        for (int i = 0; i < PINGS; i++) {
            long sent = System.nanoTime();
            ByteBuffer pong = ping();
            long back = System.nanoTime();
            if (back - sent < shortest) {
                shortest = back - sent;
                offset = pong.getLong() - (sent + shortest / 2);
                wall = pong.getLong() - System.currentTimeMillis();
            }
        }
        long bound = shortest / 2 + 1;
        if (first.isEmpty()) {
            first = Optional.of(new ClockComparison(offset, bound));
            clock = first;
        } else {
            long apart = Math.abs(offset - first.get().offsetNanos()) + bound;
            clock = Optional.of(new ClockComparison(
                    first.get().offsetNanos(), Math.max(apart, clock.get().boundNanos())));
        }
        return wall;
    }

    /**
     * Looks whether somebody is at the other end.
     *
     * @throws IOException if not
     */
    synchronized ByteBuffer ping() throws IOException {
        line.send(PING);
        return ByteBuffer.wrap(line.receive());
    }

    /** The agent's answer to what compares clocks. */
    static byte[] pong() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(System.nanoTime())
                .putLong(System.currentTimeMillis())
                .array();
    }

    /** The bound of a comparison as it is shown. */
    static String shown(ClockComparison clock) {
        return "within " + (clock.boundNanos() + MILLION / 1000 - 1) / 1000 + " µs";
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
