package io.inferometer.simulator;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The simulated endpoint as a process of its own, started by {@link SimulatorProcess}: it prints the ready line, and ends
 * when its standard input ends. That way it never outlives its parent, however the parent ends.
 *
 * <p>Arguments: {@code --profile TEXT}, {@code --host HOST}, {@code --port PORT}. Errors are one line on standard error
 * and exit status 2 for arguments, 1 for all else.
 */
final class SimulatorMain {
    private SimulatorMain() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) {
        // Netty would take whatever logging library lies on the class path, and that one might talk.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(settings(new ArrayDeque<>(List.of(arguments))))) {
            SimulatedEndpoint.warmUp();
            System.out.println(endpoint.readyLine());
            awaitEndOfInput();
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static SimulatedEndpoint.Settings settings(Deque<String> arguments) {
        String profile = "metronome";
        String host = "127.0.0.1";
        String port = "0";
        while (!arguments.isEmpty()) {
            String option = arguments.removeFirst();
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("option " + option + " needs a value");
            }
            String value = arguments.removeFirst();
            switch (option) {
                case "--profile" -> profile = value;
                case "--host" -> host = value;
                case "--port" -> port = value;
                default -> throw new IllegalArgumentException("no option " + option);
            }
        }
        return SimulatedEndpoint.Settings.of(Profile.parse(profile)).at(host, port(port));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port must be a number, not '" + text + "'", e);
        }
    }

    private static void awaitEndOfInput() throws IOException {
        byte[] ignored = new byte[256];
        while (System.in.read(ignored) >= 0) {
            // Nobody says anything; only the end counts.
        }
    }
}
