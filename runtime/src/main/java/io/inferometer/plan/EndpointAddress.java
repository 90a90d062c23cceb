package io.inferometer.plan;

import io.inferometer.annotations.Protocol;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Objects;

/**
 * Where requests go, and the name of the variable that holds the key.
 *
 * @param url the base URL, the whole URL, or {@code sim:PROFILE}
 * @param whole whether {@code url} is the whole URL, to be taken as it is
 * @param path the path below the base URL; empty to derive it
 * @param apiKeyEnv the variable that holds the key; empty for none
 * @param apiKeySet whether that variable is set, so that a key is sent
 * @param keyHeader the header that carries the key
 * @param protocol the protocol that it is asked in
 */
public record EndpointAddress(
        String url,
        boolean whole,
        String path,
        String apiKeyEnv,
        boolean apiKeySet,
        KeyHeader keyHeader,
        Protocol protocol) {
    public static final String SIMULATED = "sim:";

    public EndpointAddress {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(apiKeyEnv, "apiKeyEnv");
        Objects.requireNonNull(keyHeader, "keyHeader");
        Objects.requireNonNull(protocol, "protocol");
    }

    /** A URL without user and password, and of its query the names of values alone: all else may hold a key. A simulated one as it is. */
    public static String withoutSecrets(String url) {
        return url.startsWith(SIMULATED)
                ? url
                : url.replaceFirst("^([^/?#]*//)[^/?#]*@", "$1")
                        .replaceAll("([?&][^=&#]*=)[^&#]*", "$1...")
                        .replaceAll("([?&])[^=&#]+(?=[&#]|$)", "$1...");
    }

    /** Whether it is the simulated endpoint that the harness itself starts. */
    public boolean simulated() {
        return url.startsWith(SIMULATED);
    }

    /** Whether this JVM was told to reach it through a proxy, as by {@code -Dhttps.proxyHost}. */
    public boolean behindProxy() {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && !simulated()
                && selector.select(URI.create(url)).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** The profile of the simulated endpoint. */
    public String profile() {
        if (!simulated()) {
            throw new IllegalStateException(url + " is not simulated");
        }
        return url.substring(SIMULATED.length());
    }
}
