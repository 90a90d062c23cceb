package io.inferometer.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client on a plain socket, which sends what it is told to and shows what comes back, byte for byte. */
public final class RawClient implements AutoCloseable {
    /** A response; the body is without chunk marks, and {@code whole} tells whether it came to its end. */
    public record Response(String statusLine, Map<String, String> headers, String body, boolean whole) {
        public int status() {
            return Integer.parseInt(statusLine.split(" ")[1]);
        }

        /** What the events of a stream hold. */
        public List<String> events() {
            List<String> events = new ArrayList<>();
            for (String event : body.split("\n\n")) {
                if (!event.startsWith("data: ")) {
                    throw new IllegalStateException("not an event: " + event);
                }
                events.add(event.substring("data: ".length()));
            }
            return events;
        }
    }

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SILENCE_MILLIS = 100;

    private final Socket socket;
    private final InputStream in;

    public RawClient(SimulatedEndpoint endpoint) throws IOException {
        this(endpoint.url());
    }

    public RawClient(String url) throws IOException {
        URI uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends text as it is. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a request and reads its response. */
    public Response exchange(String method, String path, String body, String... headers) throws IOException {
        send(request(method, path, body, headers));
        return response();
    }

    public Response get(String path) throws IOException {
        return exchange("GET", path, "");
    }

    /** Asks for a completion. */
    public Response complete(String body, String... headers) throws IOException {
        return exchange("POST", "/v1/chat/completions", body, headers);
    }

    public static String request(String method, String path, String body, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
        }
        return text + "\r\n" + body;
    }

    /** The body of a completion request for some tokens. */
    public static String chat(int tokens, boolean stream) {
        return "{\"model\":\"m\",\"max_tokens\":" + tokens + ",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello, world\"}]}";
    }

    /** Reads a response to its end, or to wherever it breaks off. */
    public Response response() throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks(body)
                : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")), body);
        return new Response(statusLine, headers, body.toString(UTF_8), whole);
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            int length = Integer.parseInt(line(), 16);
            if (!bytes(length, body) || !line().isEmpty()) {
                return false;
            }
            if (length == 0) {
                return true;
            }
        }
    }

    private boolean bytes(int length, ByteArrayOutputStream body) throws IOException {
        byte[] bytes = in.readNBytes(length);
        body.write(bytes);
        return bytes.length == length;
    }

    /** Reads a line, without its end. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended after '" + line + "'");
            }
            line.append((char) b);
        }
        return new String(line.toString().getBytes(ISO_8859_1), UTF_8).stripTrailing();
    }

    /** Counts the events of a chunked body to its end, without keeping them. */
    public int countEvents() throws IOException {
        int events = 0;
        for (String line = line(); !line.equals("0"); line = line()) {
            events += line.startsWith("data: ") ? 1 : 0;
        }
        return events;
    }

    /** Whether the server has ended the connection; waits for a byte or the end. */
    public boolean ended() throws IOException {
        return in.read() < 0;
    }

    /** Whether nothing comes for a while, not even the end. */
    public boolean silent() throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            in.read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
