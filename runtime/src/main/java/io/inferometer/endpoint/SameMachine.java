package io.inferometer.endpoint;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;

/** Tells whether an endpoint shares the processors of the client. */
public final class SameMachine {
    private SameMachine() {}

    /** Whether the host of a URL is this machine, by its address; false where it has none. May ask for the address. */
    public static boolean serves(URI url) {
        String host = HostPort.of(url).host();
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
