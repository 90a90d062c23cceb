package io.inferometer.endpoint;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and the port of a URL. Names with an underscore, which containers have, are hosts too, though {@link URI} knows
 * no host and no port in them.
 *
 * @param host the name, or the address in a URL's spelling
 * @param port the scheme's own where the URL has none
 */
public record HostPort(String host, int port) {
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /** Those of a URL; empty where it has no host. */
    static Optional<HostPort> find(URI url) {
        if (url.getHost() != null) {
            return Optional.of(new HostPort(url.getHost(), port(url, url.getPort())));
        }
        Matcher name = NAME.matcher(authority(url));
        return name.matches()
                ? Optional.of(new HostPort(
                        name.group(1), port(url, name.group(2) == null ? -1 : Integer.parseInt(name.group(2)))))
                : Optional.empty();
    }

    /**
     * Those of a URL.
     *
     * @throws IllegalArgumentException if it has no host
     */
    public static HostPort of(URI url) {
        return find(url).orElseThrow(() -> new IllegalArgumentException("not a URL with a host: " + url));
    }

    /** The host and the port as the URL spells them, without a user. */
    public static String authority(URI url) {
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static int port(URI url, int port) {
        return port >= 0 ? port : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
