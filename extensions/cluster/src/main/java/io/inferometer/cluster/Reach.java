package io.inferometer.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an endpoint can be reached from here: a connection is opened, and nothing is sent. */
final class Reach {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Pattern AUTHORITY = Pattern.compile("(?:.*@)?(.+?)(?::([0-9]{1,5}))?");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Reach() {}

    /** Adds, by the endpoint's host and port, why it can't be reached; empty if it can. */
    static void add(Map<String, String> reached, String url) {
        URI uri = URI.create(url);
        // No URI knows hosts with an underscore, which containers have.
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
        if (authority.matches()) {
            String host = authority.group(1);
            int port = authority.group(2) != null
                    ? Integer.parseInt(authority.group(2))
                    : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
            reached.computeIfAbsent(host + ":" + port, name -> reason(host, port));
        }
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
