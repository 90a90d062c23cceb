package io.inferometer.cluster.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A call from one process of a cluster to another: messages of bytes, each behind its length. For one thread. */
public final class CallLine implements Closeable {
    /** A message that is longer is none of ours. */
    private static final int LONGEST = 4 << 20;

    private static final int GOODBYE_MILLIS = 500;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    CallLine(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /**
     * Calls somebody.
     *
     * @param from the address of this machine that the call comes from
     * @param patience how long to wait for the connection, and for each message after it
     * @throws IOException if nobody answers, or not as one of ours; the message says why, in a few words
     */
    public static CallLine to(InetSocketAddress whom, InetAddress from, Identity identity, Duration patience)
            throws IOException {
        if (whom.isUnresolved()) {
            throw new IOException("there is no host " + whom.getHostString());
        }
        int millis = (int) patience.toMillis();
        Opening opening = new Opening();
        try {
            opening.bind(new InetSocketAddress(from, 0));
            opening.connect(whom, millis);
            opening.setSoTimeout(millis);
        } catch (SocketTimeoutException e) {
            opening.close();
            throw new IOException("it does not answer", e);
        } catch (IOException e) {
            opening.close();
            throw new IOException(e.getMessage(), e);
        }
        try {
            SSLSocket socket = Door.visitor(identity, opening, Door.CALL);
            socket.startHandshake();
            opening.done();
            return new CallLine(socket);
        } catch (IOException e) {
            opening.close();
            throw new IOException(Door.reason(e), e);
        }
    }

    /** Sends a message. */
    public void send(byte[] message) throws IOException {
        out.writeInt(message.length);
        out.write(message);
        out.flush();
    }

    /** Waits for the next message. */
    public byte[] receive() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] message = new byte[length];
        in.readFully(message);
        return message;
    }

    /** Says goodbye, and waits a moment for the other's: who hangs says none. */
    @Override
    public void close() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoTimeout(GOODBYE_MILLIS);
            socket.close();
        }
    }
}
