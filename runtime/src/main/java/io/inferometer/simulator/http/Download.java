package io.inferometer.simulator.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** What is in a file, a piece at a time, so that streams on the same event loop keep their time between two. */
final class Download implements AnswerBody {
    private static final int PIECE = 64 << 10;

    private final ClientConnection connection;
    private final FileChannel file;
    private long left;
    private boolean waiting;

    Download(ClientConnection connection, Reply.Download reply) throws IOException {
        this.connection = connection;
        this.file = FileChannel.open(reply.path());
        this.left = reply.bytes();
    }

    @Override
    public void start() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + left + "\r\n"
                + (connection.keepsAlive() ? "\r\n" : "Connection: close\r\n\r\n");
        ByteBuf out = connection.buffer(head.length());
        out.writeCharSequence(head, StandardCharsets.US_ASCII);
        if (left == 0) {
            end(out);
        } else {
            connection.send(out);
            resume();
        }
    }

    @Override
    public void resume() {
        if (!waiting && left > 0 && connection.writable()) {
            waiting = true;
            connection.later(this::piece);
        }
    }

    private void piece() {
        waiting = false;
        if (left == 0 || !connection.writable()) {
            return;
        }
        ByteBuf out = connection.buffer(PIECE);
        try {
            int read = out.writeBytes(file, (int) Math.min(PIECE, left));
            if (read <= 0) {
                throw new IOException("the file is shorter than it was");
            }
            left -= read;
        } catch (IOException e) {
            left = 0;
            close();
            connection.sendAndClose(out);
            return;
        }
        if (left == 0) {
            end(out);
        } else {
            connection.send(out);
            resume();
        }
    }

    private void end(ByteBuf out) {
        close();
        connection.finish(out);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // It was only read.
        }
    }

    @Override
    public void due(int events, int tokens, boolean last) {
        // Nothing is generated.
    }
}
