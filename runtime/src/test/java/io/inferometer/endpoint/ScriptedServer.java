package io.inferometer.endpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A server on a real socket that does to each request just what a test says. */
public final class ScriptedServer implements AutoCloseable {
    /** What is done to each request of each connection. */
    public interface Script {
        void answer(Request request, Connection connection) throws IOException;
    }

    public record Request(String line, Map<String, String> headers, String body) {}

    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Script script;

    public ScriptedServer(Script script) throws IOException {
        this(script, new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
    }

    /** On a socket of the test's own, which may speak TLS. */
    public ScriptedServer(Script script, ServerSocket socket) {
        this.script = script;
        this.socket = socket;
        start(this::accept, "scripted-server");
    }

    public String url() {
        return (socket instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + socket.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public List<Request> requests() {
        return requests;
    }

    /** A whole response with a body of known length. */
    public static String response(int status, String type, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** The headers of a stream that is sent in chunks. */
    public static String streamHead() {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    /** One chunk. */
    public static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    /** The end of a body that is sent in chunks. */
    public static String lastChunk() {
        return "0\r\n\r\n";
    }

    /** An event that carries content. */
    public static String content(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    public static final String DONE = "data: [DONE]\n\n";

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(client);
                start(() -> serve(client), "scripted-connection");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            Connection connection = new Connection(client);
            for (Request request = read(in); request != null && !client.isClosed(); request = read(in)) {
                requests.add(request);
                script.answer(request, connection);
            }
        } catch (IOException e) {
            // The client went away, which many tests want.
        } finally {
            open.remove(client);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.merge(
                    header.substring(0, colon),
                    header.substring(colon + 1).strip(),
                    (first, next) -> first + ", " + next);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(line, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }

    /** One connection, from the server's side. */
    public static final class Connection {
        private final Socket socket;

        Connection(Socket socket) {
            this.socket = socket;
        }

        /** The socket itself, for what is done to nothing else. */
        public Socket socket() {
            return socket;
        }

        public Connection write(String text) throws IOException {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        public Connection write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        }

        /** Each byte in a segment of its own. */
        public Connection trickle(String text) throws IOException {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                write(new byte[] {b});
            }
            return this;
        }

        /** Waits until the client closes the connection. */
        public void awaitClosed() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // Nothing is expected; what comes is of no interest.
            }
        }

        public void close() throws IOException {
            socket.close();
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
