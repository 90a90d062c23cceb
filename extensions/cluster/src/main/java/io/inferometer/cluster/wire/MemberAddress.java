package io.inferometer.cluster.wire;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as they are written: {@code host:port}, {@code [::1]:port}. */
public final class MemberAddress {
    /** The port where none is given. */
    public static final int USUAL = 7800;

    private static final int HIGHEST = 65_535;
    private static final Pattern WRITTEN =
            Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\s:\\[\\]]+))(?::([0-9]{1,5}))?");

    private MemberAddress() {}

    /**
     * What a text says; looks its host up.
     *
     * @throws IllegalArgumentException if it says nothing
     */
    public static InetSocketAddress parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        int port = written.matches() && written.group(3) != null ? Integer.parseInt(written.group(3)) : USUAL;
        if (!written.matches() || port > HIGHEST) {
            throw new IllegalArgumentException(text.strip() + " is no HOST:PORT");
        }
        return new InetSocketAddress(written.group(1) == null ? written.group(2) : written.group(1), port);
    }

    /** How an address is written: by number where it is known. */
    public static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
