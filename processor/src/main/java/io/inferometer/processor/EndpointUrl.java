package io.inferometer.processor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Tells what is wrong with an endpoint's URL, as far as can be told without asking it. */
final class EndpointUrl {
    private static final String SIMULATED = "sim:";

    private EndpointUrl() {}

    /** Whether a user or a password stands before the host. */
    static boolean hasUser(String url) {
        int start = url.indexOf("://");
        if (url.startsWith(SIMULATED) || start < 0) {
            return false;
        }
        String authority = url.substring(start + 3).split("[/?#]", 2)[0];
        return authority.contains("@");
    }

    /** Why a text is no endpoint; empty where it may be one. */
    static Optional<String> flaw(String url) {
        if (url.isBlank()) {
            return Optional.of("it is empty");
        } else if (url.startsWith(SIMULATED)) {
            return url.substring(SIMULATED.length()).isBlank() ? Optional.of("it names no profile") : Optional.empty();
        }
        try {
            return flaw(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.of("it has a character that a URL cannot have");
        }
    }

    private static Optional<String> flaw(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || url.isOpaque()) {
            return Optional.of("it does not start with http:// or https://");
        } else if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return Optional.of("its scheme is " + scheme);
        } else if (url.getHost() == null
                && (url.getRawAuthority() == null || !url.getRawAuthority().matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?"))) {
            return Optional.of("it has no host of letters, digits, dots, hyphens and underscores");
        } else if (url.getPort() > 65_535) {
            return Optional.of("its port is above 65535");
        }
        return Optional.empty();
    }

    /** Why a text is no path below a URL; empty where it may be one. */
    static Optional<String> pathFlaw(String path) {
        if (path.contains("://")) {
            return Optional.of("it is a whole URL");
        } else if (path.chars().anyMatch(c -> c <= ' ')) {
            return Optional.of("it has a space");
        }
        return Optional.empty();
    }
}
