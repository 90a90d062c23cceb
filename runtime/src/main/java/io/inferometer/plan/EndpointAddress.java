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
    /** What the address of a simulated endpoint begins with. */
    public static final String SIMULATED = "sim:";

    /**
     * Checks what it is given.
     *
     * @param url as of the record
     * @param whole as of the record
     * @param path as of the record
     * @param apiKeyEnv as of the record
     * @param apiKeySet as of the record
     * @param keyHeader as of the record
     * @param protocol as of the record
     */
    public EndpointAddress {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(apiKeyEnv, "apiKeyEnv");
        Objects.requireNonNull(keyHeader, "keyHeader");
        Objects.requireNonNull(protocol, "protocol");
    }

    /**
     * {@return a URL without user and password, and of its query the names of values alone: all else may hold a key} A
     * simulated one as it is.
     *
     * @param url as a user gave it
     */
    public static String withoutSecrets(String url) {
        return url.startsWith(SIMULATED)
                ? url
                : url.replaceFirst("^([^/?#]*//)[^/?#]*@", "$1")
                        .replaceAll("([?&][^=&#]*=)[^&#]*", "$1...")
                        .replaceAll("([?&])[^=&#]+(?=[&#]|$)", "$1...");
    }

    /** {@return whether it is the simulated endpoint that the harness itself starts} */
    public boolean simulated() {
        return url.startsWith(SIMULATED);
    }

    /** {@return whether this JVM was told to reach it through a proxy, as by {@code -Dhttps.proxyHost}} */
    public boolean behindProxy() {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && !simulated()
                && selector.select(URI.create(url)).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** {@return the profile of the simulated endpoint} */
    public String profile() {
        if (!simulated()) {
            throw new IllegalStateException(url + " is not simulated");
        }
        return url.substring(SIMULATED.length());
    }
}
