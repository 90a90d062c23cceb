package io.inferometer.cluster.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jgroups.util.DefaultSocketFactory;

/** Gives JGroups its sockets: those that come are let in by the {@link Door}, those that go out visit another one. */
final class GroupSockets extends DefaultSocketFactory {
    private final Door door;

    GroupSockets(Door door) {
        this.door = door;
    }

    @Override
    public Socket createSocket(String service) throws IOException {
        return Door.visitor(door.identity(), Door.GROUP);
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        Incoming incoming = new Incoming(door);
        door.group(incoming);
        return incoming;
    }

    /** What JGroups takes for a port of its own. */
    static final class Incoming extends ServerSocket {
        private final BlockingQueue<Socket> come = new LinkedBlockingQueue<>();
        private final Socket last = new Socket();
        private final Door door;
        private volatile boolean closed;

        Incoming(Door door) throws IOException {
            this.door = door;
        }

        void add(Socket socket) {
            come.add(socket);
        }

        @Override
        public Socket accept() throws IOException {
            try {
                Socket next = closed ? last : come.take();
                if (next == last) {
                    throw new SocketException("closed");
                }
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SocketException("interrupted");
            }
        }

        @Override
        public void bind(SocketAddress endpoint) {
            // The door is open already.
        }

        @Override
        public void bind(SocketAddress endpoint, int backlog) {
            // The door is open already.
        }

        @Override
        public void setReuseAddress(boolean on) {
            // The door is open already.
        }

        @Override
        public InetAddress getInetAddress() {
            return door.address().getAddress();
        }

        @Override
        public int getLocalPort() {
            return door.address().getPort();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return door.address();
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            door.leave(this);
            come.add(last);
            super.close();
        }
    }
}
