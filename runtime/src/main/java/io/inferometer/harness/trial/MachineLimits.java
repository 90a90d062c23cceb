package io.inferometer.harness.trial;

import io.inferometer.instrument.Health;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What this machine lets one process have: looked at before anything is sent, since a run that meets a limit halfway
 * measures the limit.
 *
 * @param descriptors how many more files and sockets may be opened; {@link Long#MAX_VALUE} where that is not known
 * @param ports how many connections one address can be given; {@link Long#MAX_VALUE} where that is not known
 */
public record MachineLimits(long descriptors, long ports) {
    private static final String PORTS = "proc/sys/net/ipv4/ip_local_port_range";

    /** Result files, the journal, and what the JVM opens by and by. */
    private static final int SPARE = 64;

    private static final double NANOS_PER_SECOND = 1e9;

    /** The limits that this process meets now. */
    static MachineLimits ofThisProcess() {
        return new MachineLimits(descriptorsLeft(), localPorts(Path.of("/")));
    }

    /**
     * Makes sure that there can be so many connections.
     *
     * @param endpoint the host and port that they go to
     * @throws UsageException if not; the message says how to raise the limit
     */
    void check(int connections, String endpoint) {
        if (connections + SPARE > descriptors) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "%,d requests in flight need as many open files, and this process may open %,d more: raise that with"
                            + " ulimit -n %d, or keep fewer in flight with --users or --concurrency",
                    connections,
                    descriptors,
                    roundUp(connections)));
        }
        if (connections > ports) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "%,d requests in flight to %s need as many local ports, and there are %,d: get more with sysctl -w"
                            + " net.ipv4.ip_local_port_range='1024 65535', or keep fewer in flight with --users or"
                            + " --concurrency",
                    connections,
                    endpoint,
                    ports));
        }
    }

    /**
     * What to say before an open loop whose requests in flight may come to a limit: how many these will be is not known
     * beforehand, so that this refuses nothing.
     *
     * @param load when they are sent
     * @param e2elNanos the p99 of what a request of the warm-up took; 0 where there was none
     * @param endpoint the host and port that they go to
     * @return one line; empty where there is room
     */
    Optional<String> warning(Load.Open load, long e2elNanos, String endpoint) {
        long inFlight = (long) Math.min(load.mostInFlight(), Math.ceil(load.rate() * e2elNanos / NANOS_PER_SECOND));
        boolean files = inFlight + SPARE > descriptors;
        if (!files && inFlight <= ports) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "at %s requests/s, of which each took up to %.1f s in the warm-up (p99), %,d may be in flight, and %s; give a lower rate,"
                        + " a bound with --max-in-flight, or more of them",
                BigDecimal.valueOf(load.rate()).stripTrailingZeros().toPlainString(),
                e2elNanos / NANOS_PER_SECOND,
                inFlight,
                files
                        ? String.format(Locale.ROOT, "this process may open %,d more files (ulimit -n)", descriptors)
                        : String.format(Locale.ROOT, "there are %,d local ports to %s", ports, endpoint)));
    }

    /** A round number with room to spare. */
    private static long roundUp(int connections) {
        return (connections + 999L) / 1_000 * 1_000 + 1_000;
    }

    private static long descriptorsLeft() {
        Health.Descriptors files = Health.Descriptors.ofThisProcess();
        return files.limit() > 0 ? files.limit() - files.open() : Long.MAX_VALUE;
    }

    /**
     * How many connections one address can be given; {@link Long#MAX_VALUE} where that is not known.
     *
     * @param root the directory that holds {@code proc}
     */
    public static long localPorts(Path root) {
        try {
            String[] range = Files.readString(root.resolve(PORTS)).strip().split("\\s+");
            return Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
        } catch (IOException | RuntimeException e) {
            // Not Linux, or not to be read: the system will tell when ports run out.
            return Long.MAX_VALUE;
        }
    }
}
