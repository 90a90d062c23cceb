package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.Breakage.Kind;
import io.inferometer.endpoint.Breakage.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;

class BreakageTest {
    private static final URI URL = URI.create("http://my_host:8000/v1/chat/completions");

    @Test
    void whatTheClientLacksIsItsOwn() {
        Breakage descriptors = Breakage.of(Stage.AWAITED, new SocketException("Too many open files"));
        Breakage ports = Breakage.of(Stage.AWAITED, new ConnectException("Cannot assign requested address"));

        assertThat(descriptors.clientsOwn()).isTrue();
        assertThat(descriptors.text(URL))
                .isEqualTo("no connection to my_host:8000: this process may open no more files and sockets; raise that"
                        + " with ulimit -n, or keep fewer requests in flight");
        assertThat(ports.clientsOwn()).isTrue();
        assertThat(ports.text(URL))
                .isEqualTo("no connection to my_host:8000: no local port is left for it; get more with sysctl -w"
                        + " net.ipv4.ip_local_port_range='1024 65535', or keep fewer requests in flight");
    }

    @Test
    void aLackOfPortsIsOneOnlyWhereThereIsAWay() {
        Breakage ports = Breakage.of(Stage.AWAITED, new ConnectException("Cannot assign requested address"));
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8_000);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("my_host", 8_000);

        assertThat(ports.tried(local)).isEqualTo(ports);
        assertThat(ports.tried(unresolved))
                .returns(Kind.UNREACHABLE, Breakage::kind)
                .returns(false, Breakage::clientsOwn)
                .returns(
                        "no connection to my_host:8000: this machine has no address from which my_host can be reached",
                        breakage -> breakage.text(URL));
    }

    @Test
    void whatTheEndpointOrTheNetworkDoesIsNotTheClients() {
        assertThat(Breakage.of(Stage.AWAITED, new ConnectException("Connection refused")))
                .returns(Kind.REFUSED, Breakage::kind)
                .returns(false, Breakage::clientsOwn);
        assertThat(Breakage.of(Stage.AWAITED, new ConnectException("Connection timed out")))
                .returns("no connection to my_host:8000: Connection timed out", breakage -> breakage.text(URL));
        assertThat(Breakage.of(Stage.AWAITED, new UnsupportedAddressTypeException()))
                .returns(
                        "no connection to my_host:8000: this JVM has no IPv6 sockets; it is off on this machine, or by"
                                + " -Djava.net.preferIPv4Stack",
                        breakage -> breakage.text(URL));
        assertThat(Breakage.of(Stage.AWAITED, new UnknownHostException("my_host")))
                .returns("no address is known for the host my_host; check the URL", breakage -> breakage.text(URL));
        assertThat(Breakage.of(Stage.HEADERS, new IOException("Connection reset by peer")))
                .returns(
                        "the connection to my_host:8000 was reset within the headers of a response",
                        breakage -> breakage.text(URL));
    }
}
