package io.inferometer.cluster.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The one port of a process of a cluster. Whoever comes has to know the secret, and says by ALPN what it came for: to call
 * us, or to talk within the group that we are in. Nothing that a stranger sends is read but by TLS.
 *
 * <p>Each that comes is let in on a thread of its own; at most {@value #MOST_AT_ONCE} stand there at once.
 */
public final class Door implements Closeable {
    /** What a caller comes for. */
    static final String CALL = "inferometer-call-1";

    /** What another member of the group comes for. */
    static final String GROUP = "inferometer-group-1";

    private static final int MOST_AT_ONCE = 64;
    private static final int BACKLOG = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final Identity identity;
    private final Visitors visitors;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private volatile GroupSockets.Incoming group;

    /** Is told who came, on a thread of each of them. */
    public interface Visitors {
        /** Somebody who knows the secret calls; the line is closed when this returns. */
        void call(CallLine line) throws IOException;

        /** Somebody came and was not let in. */
        void refused(InetAddress who, String why);
    }

    private Door(ServerSocket socket, Identity identity, Visitors visitors) {
        this.socket = socket;
        this.identity = identity;
        this.visitors = visitors;
    }

    /**
     * Opens a port and waits for visitors.
     *
     * @param at an address of this machine; port 0 is any that is free
     * @throws IOException if that can't be; the message says why, on one line
     */
    public static Door open(InetSocketAddress at, Identity identity, Visitors visitors) throws IOException {
        if (at.isUnresolved()) {
            throw new IOException(
                    "can't listen on " + MemberAddress.text(at) + ": there is no host " + at.getHostString());
        }
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(at, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new IOException("can't listen on " + MemberAddress.text(at) + ": " + e.getMessage(), e);
        }
        Door door = new Door(socket, identity, visitors);
        Thread thread = new Thread(door::accept, "inferometer-door");
        thread.setDaemon(true);
        thread.start();
        return door;
    }

    /** Where it is. */
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    Identity identity() {
        return identity;
    }

    /** Sets who takes what comes for the group. */
    synchronized void group(GroupSockets.Incoming incoming) {
        group = incoming;
    }

    /** Somebody takes nothing more that comes for a group, and may be late in saying so: another may be there by then. */
    synchronized void leave(GroupSockets.Incoming incoming) {
        if (group == incoming) {
            group = null;
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket visitor = socket.accept();
                if (!room.tryAcquire()) {
                    visitor.close();
                    continue;
                }
                Thread thread = new Thread(() -> let(visitor), "inferometer-visitor");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed, or the visitor is gone again.
            }
        }
    }

    private void let(Socket visitor) {
        SSLSocket in;
        try {
            visitor.setSoTimeout((int) PATIENCE.toMillis());
            in = secured(visitor);
        } catch (IOException e) {
            quietly(visitor);
            visitors.refused(visitor.getInetAddress(), e instanceof SocketException ? gone(e) : reason(e));
            return;
        } finally {
            room.release();
        }
        try {
            in.setSoTimeout(0);
            if (GROUP.equals(in.getApplicationProtocol())) {
                GroupSockets.Incoming to = group;
                if (to == null) {
                    in.close();
                } else {
                    to.add(in);
                }
            } else {
                try (CallLine line = new CallLine(in)) {
                    visitors.call(line);
                }
            }
        } catch (IOException e) {
            quietly(in);
        } catch (RuntimeException e) {
            quietly(in);
            visitors.refused(visitor.getInetAddress(), "what it asks can't be understood: " + e);
        }
    }

    private SSLSocket secured(Socket visitor) throws IOException {
        SSLSocket in = (SSLSocket) identity.context()
                .getSocketFactory()
                .createSocket(visitor, visitor.getInetAddress().getHostAddress(), visitor.getPort(), true);
        in.setUseClientMode(false);
        SSLParameters parameters = in.getSSLParameters();
        parameters.setProtocols(new String[] {Identity.TLS});
        parameters.setApplicationProtocols(new String[] {CALL, GROUP});
        parameters.setNeedClientAuth(true);
        in.setSSLParameters(parameters);
        in.startHandshake();
        return in;
    }

    /** A socket that comes for a purpose, not yet connected. */
    static SSLSocket visitor(Identity identity, String purpose) throws IOException {
        return visitor((SSLSocket) identity.context().getSocketFactory().createSocket(), purpose);
    }

    /** A socket that comes for a purpose, over a connection that it closes. */
    static SSLSocket visitor(Identity identity, Socket connected, String purpose) throws IOException {
        return visitor(
                (SSLSocket) identity.context()
                        .getSocketFactory()
                        .createSocket(
                                connected, connected.getInetAddress().getHostAddress(), connected.getPort(), true),
                purpose);
    }

    private static SSLSocket visitor(SSLSocket out, String purpose) {
        SSLParameters parameters = out.getSSLParameters();
        parameters.setProtocols(new String[] {Identity.TLS});
        parameters.setApplicationProtocols(new String[] {purpose});
        out.setSSLParameters(parameters);
        return out;
    }

    /** Why TLS did not come about, in a few words. */
    static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Identity.OtherSecret) {
                return "it has another INFEROMETER_CLUSTER_SECRET";
            }
        }
        String message = Objects.toString(e.getMessage(), e.getClass().getSimpleName());
        if (message.contains("certificate_unknown") || message.contains("bad_certificate")) {
            return "it has another INFEROMETER_CLUSTER_SECRET";
        }
        return e instanceof SSLException ? "it speaks no TLS of ours: " + message : message;
    }

    /** Who finds that our secret is another one may be gone before we read that it did. */
    private static String gone(IOException e) {
        return "it hung up before it had shown that it knows INFEROMETER_CLUSTER_SECRET: " + e.getMessage();
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        GroupSockets.Incoming to = group;
        if (to != null) {
            to.close();
        }
    }
}
