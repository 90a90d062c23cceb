package io.inferometer.cluster;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.secret.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hosts that an agent sends what is in its environment, keys and the variables of headers. Without one it sends that
 * nowhere: who may call an agent may not for that have its keys sent where he likes.
 */
final class AllowedHosts {
    private final Set<String> hosts;

    AllowedHosts(List<String> hosts) {
        this.hosts = hosts.stream().map(AllowedHosts::plain).collect(Collectors.toUnmodifiableSet());
    }

    private static String plain(String host) {
        return host.strip().toLowerCase(Locale.ROOT);
    }

    boolean none() {
        return hosts.isEmpty();
    }

    /** Why a plan's requests may not be sent from here; empty if they may. */
    Optional<String> refusal(Plan plan) {
        return plan.trials().stream().flatMap(trial -> refusal(trial).stream()).findFirst();
    }

    private Optional<String> refusal(Trial trial) {
        boolean key = trial.endpoint().apiKeySet();
        boolean variables = trial.everyRequest().headers().values().stream().anyMatch(Secrets::ofVariables);
        if (trial.endpoint().simulated() || !key && !variables) {
            return Optional.empty();
        }
        String host = URI.create(trial.endpoint().url()).getHost();
        if (host != null && hosts.contains(plain(host))) {
            return Optional.empty();
        }
        return Optional.of("it may not send "
                + (key ? "its " + trial.endpoint().apiKeyEnv() : "variables of its environment")
                + " to " + host + ": "
                + (hosts.isEmpty()
                        ? "start it with --allow-host " + host
                        : "its --allow-host names " + hosts.stream().sorted().collect(Collectors.joining(", "))));
    }
}
