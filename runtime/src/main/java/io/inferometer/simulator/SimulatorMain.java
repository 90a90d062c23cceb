package io.inferometer.simulator;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The simulated endpoint as a process of its own, started by {@link SimulatorProcess}: it prints the ready line, and ends
 * when its standard input ends. That way it does not outlive its parent for long, however the parent ends: where that was not said
 * by {@link #END} it waits for those that are connected to go, a few seconds at most: forks of the parent give up what they have in
 * flight, and that is not to be told as the endpoint's failure.
 *
 * <p>Arguments: the profile, the port unless any will do, and {@code tls} for encrypted connections. Errors are one line on standard error
 * and exit status 2 for arguments, 1 for all else.
 */
final class SimulatorMain {
    static final String TLS = "tls";

    /** A byte that says that its input ends on purpose. */
    static final int END = '.';

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SimulatorMain() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) {
        // Netty would take whatever logging library lies on the class path, and that one might talk.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(settings(arguments))) {
            SimulatedEndpoint.warmUp(tls(arguments));
            System.out.println(endpoint.readyLine());
            if (System.in.transferTo(OutputStream.nullOutputStream()) == 0) {
                endpoint.awaitGone(PATIENCE);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static SimulatedEndpoint.Settings settings(String[] arguments) {
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        return SimulatedEndpoint.Settings.of(Profile.parse(arguments[0]))
                .at("127.0.0.1", port)
                .withTls(tls(arguments));
    }

    private static boolean tls(String[] arguments) {
        return arguments.length > 2 && arguments[2].equals(TLS);
    }
}
