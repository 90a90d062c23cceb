package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where connections go: a scheme, a host with its addresses, a port. Connections of one origin are alike. */
final class Origin {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final boolean tls;
    private final String host;
    private final int port;
    private final Duration patience;
    private volatile List<InetSocketAddress> addresses;
    /** Whose turn it is to be tried first, where that is not the one that answered last; null else. */
    private AtomicInteger turn;

    /**
     * An origin whose addresses are known.
     *
     * @param addresses in the order in which they are tried; empty where the host has none
     * @param patience how long one of them may take to answer before the next one is tried
     */
    Origin(boolean tls, String host, int port, List<InetSocketAddress> addresses, Duration patience) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.addresses = List.copyOf(addresses);
        this.patience = patience;
    }

    /** The scheme, the host and the port of a URI, by which origins are told apart. */
    static String key(URI uri) {
        return uri.getScheme() + "://" + HostPort.authority(uri);
    }

    /**
     * Resolves the host, which may take its time.
     *
     * @throws IllegalArgumentException if a proxy stands between here and there
     */
    static Origin resolve(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = HostPort.of(uri).port();
        String host = HostPort.of(uri).host();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        refuseProxy(uri);
        List<InetSocketAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                addresses.add(new InetSocketAddress(address, port));
            }
        } catch (UnknownHostException e) {
            // Each request says so: an origin without an address is one that nothing can be sent to.
        }
        return new Origin(tls, host, port, addresses, PATIENCE);
    }

    private static void refuseProxy(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return;
        }
        for (Proxy proxy : selector.select(uri)) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return;
            }
            throw new IllegalArgumentException("this JVM is told to reach " + key(uri) + " through the proxy "
                    + name(proxy) + ", which the nio transport can't; use --transport jdk");
        }
    }

    private static String name(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : proxy.toString();
    }

    /** The same, each connection to which tries another address first. */
    Origin spread() {
        Origin spread = new Origin(tls, host, port, addresses, patience);
        spread.turn = new AtomicInteger();
        return spread;
    }

    boolean tls() {
        return tls;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** How long an address may take to answer before the next one is tried. The last one has as long as the request. */
    Duration patience() {
        return patience;
    }

    /** Whether its host has an address. */
    boolean known() {
        return !addresses.isEmpty();
    }

    /** Its addresses, in the order in which they are tried; not empty. */
    List<InetSocketAddress> addresses() throws UnknownHostException {
        List<InetSocketAddress> known = addresses;
        if (known.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (turn == null) {
            return known;
        }
        List<InetSocketAddress> turned = new ArrayList<>(known);
        Collections.rotate(turned, -Math.floorMod(turn.getAndIncrement(), known.size()));
        return turned;
    }

    /** An address has answered: it is the first to be tried from now on. May be called by any thread. */
    void answered(SocketAddress address) {
        List<InetSocketAddress> known = addresses;
        int at = known.indexOf(address);
        if (at > 0 && turn == null) {
            List<InetSocketAddress> moved = new ArrayList<>(known);
            moved.add(0, moved.remove(at));
            addresses = List.copyOf(moved);
        }
    }
}
