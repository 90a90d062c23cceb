package io.inferometer.harness.target;

import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.plan.Plan;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** Makes the transport that a plan has chosen. */
public final class ChosenTransport {
    private ChosenTransport() {}

    /**
     * One without connections.
     *
     * @param trustsAll whether it takes any certificate, whatever the plan says
     * @param clock nanoseconds, monotonic
     */
    public static Transport of(Plan.Transport chosen, boolean trustsAll, LongSupplier clock) {
        Optional<SSLContext> tls = trustsAll || chosen.insecure() ? Optional.of(TrustAll.context()) : Optional.empty();
        return switch (chosen.kind()) {
            case NIO -> new NioTransport(clock, tls, chosen.resolve() == Plan.Transport.Resolve.ALL);
            case JDK -> tls.map(context -> new JdkTransport(clock, context)).orElseGet(() -> new JdkTransport(clock));
        };
    }
}
