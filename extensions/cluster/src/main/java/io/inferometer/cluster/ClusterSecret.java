package io.inferometer.cluster;

import io.inferometer.cluster.wire.Identity;
import io.inferometer.plan.UsageException;
import java.net.InetAddress;
import java.util.function.UnaryOperator;

/** The secret that all processes of a cluster know, of their environment. */
final class ClusterSecret {
    static final String VARIABLE = "INFEROMETER_CLUSTER_SECRET";

    private static final int SHORTEST = 16;

    /** What stands for no secret: it keeps nobody away, and is for processes of one machine. */
    private static final String NONE = "none, for this machine alone";

    private ClusterSecret() {}

    /**
     * Who knows the secret of an environment.
     *
     * @param reached the address that others reach this process at
     * @throws UsageException if there is none and it takes one, or it is too short
     */
    static Identity identity(UnaryOperator<String> environment, InetAddress reached) {
        String secret = in(environment);
        if (secret.isEmpty()) {
            if (!reached.isLoopbackAddress()) {
                throw new UsageException(
                        VARIABLE + " is not set; beyond 127.0.0.1 nobody may start work here without one:"
                                + " set it on every machine to the same " + SHORTEST + " characters or more");
            }
            return Identity.of(NONE);
        }
        if (secret.length() < SHORTEST) {
            throw new UsageException(VARIABLE + " has " + secret.length() + " characters; it takes at least " + SHORTEST
                    + ", as of openssl rand -base64 24");
        }
        return Identity.of(secret);
    }

    /** Whether an environment has one. */
    static boolean isIn(UnaryOperator<String> environment) {
        return !in(environment).isEmpty();
    }

    /** Without blanks around it: a file's last line end comes along on some ways into an environment, and not on others. */
    private static String in(UnaryOperator<String> environment) {
        String secret = environment.apply(VARIABLE);
        return secret == null ? "" : secret.strip();
    }
}
