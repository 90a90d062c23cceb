package io.inferometer.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Finds out, on a socket of its own, whether a port speaks HTTP/2 alone: without TLS it answers a request of HTTP/1.1 with
 * a frame of HTTP/2 (RFC 9113, section 4.1), with TLS it agrees to {@code h2} and not to {@code http/1.1} (RFC 7301).
 */
final class Http2Probe {
    private static final int MILLIS = 3_000;
    private static final int FRAME_HEAD = 9;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int LONGEST_FRAME = 1 << 14;

    private Http2Probe() {}

    static boolean speaksHttp2Alone(URI uri) {
        try {
            return "https".equalsIgnoreCase(uri.getScheme())
                    ? agrees(uri, "h2") && !agrees(uri, "http/1.1")
                    : answersWithFrame(uri);
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connect(URI uri) throws IOException {
        HostPort to = HostPort.of(uri);
        Socket socket = new Socket();
        socket.setSoTimeout(MILLIS);
        socket.connect(new InetSocketAddress(to.host(), to.port()), MILLIS);
        return socket;
    }

    private static boolean answersWithFrame(URI uri) throws IOException {
        try (Socket socket = connect(uri)) {
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] head = socket.getInputStream().readNBytes(FRAME_HEAD);
            return head.length == FRAME_HEAD && isFrame(head);
        }
    }

    /** Whether it is the head of a frame that a connection may begin with: one of the connection itself. */
    private static boolean isFrame(byte[] head) {
        int length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF;
        int stream = head[5] | head[6] | head[7] | head[8];
        return (head[3] == SETTINGS || head[3] == GO_AWAY) && stream == 0 && length <= LONGEST_FRAME;
    }

    private static boolean agrees(URI uri, String protocol) throws IOException {
        // Nothing is sent but the handshake, whoever answers it.
        SSLSocketFactory factory = TrustAll.context().getSocketFactory();
        HostPort to = HostPort.of(uri);
        try (Socket socket = connect(uri);
                SSLSocket tls = (SSLSocket) factory.createSocket(socket, to.host(), to.port(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return tls.getApplicationProtocol().equals(protocol);
        } catch (SSLException e) {
            return false;
        }
    }
}
