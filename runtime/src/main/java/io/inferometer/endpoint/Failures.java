package io.inferometer.endpoint;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Says in a line what an exception of the network means for the user. */
final class Failures {
    private Failures() {}

    /** Why there was no response. */
    static String connect(Throwable thrown, URI uri) {
        Throwable cause = unwrap(thrown);
        String where = uri.getHost() + ":" + port(uri);
        if (find(cause, UnknownHostException.class) != null || find(cause, UnresolvedAddressException.class) != null) {
            return "no address is known for the host " + uri.getHost() + "; check the URL";
        }
        if (find(cause, SSLException.class) != null) {
            return "no TLS connection to " + where + ": " + describe(find(cause, SSLException.class));
        }
        if (find(cause, ProtocolException.class) != null) {
            return "what " + where + " answered is not HTTP/1.1: " + describe(find(cause, ProtocolException.class));
        }
        if (cause instanceof ConnectException) {
            String message = cause.getMessage() == null ? "" : cause.getMessage();
            return message.contains("refused") || message.isEmpty()
                    ? "connection refused by " + where + "; is the endpoint up, and the port right?"
                    : "no connection to " + where + ": " + describe(cause);
        }
        return "the connection to " + where + " broke before a response came: " + describe(cause);
    }

    /** Why the response broke off. */
    static String read(Throwable thrown) {
        if (find(thrown, EOFException.class) != null) {
            return "the connection was closed in the middle of the body";
        }
        // The JDK's own message tells the state of its parser, and the cause what happened.
        Throwable cause = unwrap(thrown);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return describe(cause);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : ErrorBody.line(message);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
