package io.inferometer.cluster;

import io.inferometer.endpoint.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** Whether an endpoint can be reached from here: a connection is opened, and nothing is sent. */
final class Reach {
    private static final int PATIENCE_MILLIS = 5_000;

    private Reach() {}

    /** Adds, by the endpoint's host and port, why it can't be reached; empty if it can. */
    static void add(Map<String, String> reached, String url) {
        HostPort there = HostPort.of(URI.create(url));
        reached.computeIfAbsent(there.toString(), name -> reason(there.host(), there.port()));
    }

    private static String reason(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "there is no such host";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
