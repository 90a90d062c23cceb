package io.inferometer.cluster.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A connection over which TLS is not agreed on yet. Closed before it is, it waits for the other end to close as well: what
 * that one still sends would else be answered by a reset, which takes with it the alert that says why we closed.
 */
final class Opening extends Socket {
    private boolean open;

    /** TLS stands: from now on it closes as any other. */
    synchronized void done() {
        open = true;
    }

    private synchronized boolean refusing() {
        return !open && isConnected() && !isClosed() && !isOutputShutdown();
    }

    @Override
    public void close() throws IOException {
        if (refusing()) {
            try {
                shutdownOutput();
                InputStream in = getInputStream();
                byte[] unread = new byte[1024];
                while (in.read(unread) >= 0) {
                    // It has not yet heard that we are not for it.
                }
            } catch (IOException e) {
                // It closed first, or is too slow for us.
            }
        }
        super.close();
    }
}
