package io.inferometer.cluster;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.secret.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts that an agent sends what is in its environment, keys and the variables of headers. Without one it sends that
 * nowhere: who may call an agent may not for that have its keys sent where he likes, nor to the right host so that others on
 * the way read them.
 */
final class AllowedHosts {
    private static final String PLAINLY = "http://";
    private static final Pattern WRITTEN =
            Pattern.compile("(" + PLAINLY + ")?(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final List<Allowed> hosts;

    /** @param port empty for any */
    private record Allowed(boolean plainly, String host, String port) {
        static Allowed read(String text) {
            Matcher written = WRITTEN.matcher(lower(text));
            if (!written.matches()) {
                throw new UsageException("--allow-host " + text + ": give HOST or HOST:PORT, or " + PLAINLY
                        + "HOST where nobody else is on the way");
            }
            return new Allowed(
                    written.group(1) != null, written.group(2), written.group(3) == null ? "" : written.group(3));
        }

        boolean is(String authority) {
            return authority.equals(host + ':' + port)
                    || port.isEmpty() && authority.replaceFirst(":[0-9]+$", "").equals(host);
        }

        @Override
        public String toString() {
            return (plainly ? PLAINLY : "") + host + (port.isEmpty() ? "" : ':' + port);
        }
    }

    /** @throws UsageException if one is none */
    AllowedHosts(List<String> hosts) {
        this.hosts = hosts.stream().map(Allowed::read).toList();
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Why a plan's requests may not be sent from here; empty if they may. */
    Optional<String> refusal(Plan plan) {
        return plan.trials().stream()
                .flatMap(trial -> refusal(trial, plan.client().transport().insecure()).stream())
                .findFirst();
    }

    /** A simulated endpoint is a process of the agent's own, on its loopback. */
    private Optional<String> refusal(Trial trial, boolean insecure) {
        boolean key = trial.endpoint().apiKeySet();
        boolean variables = trial.everyRequest().headers().values().stream().anyMatch(Secrets::ofVariables);
        if (trial.endpoint().simulated() || !key && !variables) {
            return Optional.empty();
        }
        URI url = URI.create(trial.endpoint().url());
        String authority = lower(url.getRawAuthority());
        String host = authority.replaceFirst(":[0-9]*$", "");
        boolean legible = !LOOPBACK.matcher(host).matches() && (insecure || !"https".equalsIgnoreCase(url.getScheme()));
        List<Allowed> named =
                hosts.stream().filter(allowed -> allowed.is(authority)).toList();
        if (named.stream().anyMatch(allowed -> allowed.plainly || !legible)) {
            return Optional.empty();
        }
        return Optional.of("it may not send "
                + (key ? "its " + trial.endpoint().apiKeyEnv() : "variables of its environment")
                + " to " + host + (named.isEmpty() ? "" : insecure ? " whoever that is, by --insecure" : " without TLS")
                + ": "
                + (hosts.isEmpty() || !named.isEmpty()
                        ? "start it with --allow-host " + (legible ? PLAINLY : "") + host
                        : "its --allow-host names "
                                + hosts.stream().map(Allowed::toString).sorted().collect(Collectors.joining(", "))));
    }
}
