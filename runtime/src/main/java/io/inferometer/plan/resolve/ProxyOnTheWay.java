package io.inferometer.plan.resolve;

import io.inferometer.plan.EndpointAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Whether this JVM was told to reach an endpoint through a proxy, as by {@code -Dhttps.proxyHost}. */
final class ProxyOnTheWay {
    private ProxyOnTheWay() {}

    /** In words, the first endpoint that a proxy stands before; empty where none does. */
    static Optional<String> toAny(List<EndpointAddress> endpoints) {
        ProxySelector selector = ProxySelector.getDefault();
        return endpoints.stream()
                .filter(endpoint -> selector != null && !endpoint.simulated())
                .map(endpoint -> URI.create(endpoint.url()))
                .filter(uri -> selector.select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT))
                .findFirst()
                .map(uri -> "this JVM is told to reach " + uri.getHost() + " through a proxy");
    }
}
