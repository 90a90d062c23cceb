package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.endpoint.protocol.WholeAnswer;
import io.inferometer.record.Outcome;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says in a line what an exception of the network means for the user. */
final class Failures {
    /** The words of the JDK's client, which has no types for these. */
    private static final Pattern HEADERS_TOO_LONG = Pattern.compile("Header size too big: \\d+ > (\\d+)");

    private static final Pattern MALFORMED_CHUNKS = Pattern.compile("chunk size|[Cc]hunk.*(CR|LF)");
    private static final String IN_HEADERS = "receiving [";

    private Failures() {}

    /** Why there was no response. */
    static String connect(Throwable thrown, URI uri) {
        Throwable cause = unwrap(thrown);
        String where = uri.getHost() + ":" + port(uri);
        if (find(cause, UnknownHostException.class) != null || find(cause, UnresolvedAddressException.class) != null) {
            return "no address is known for the host " + uri.getHost() + "; check the URL";
        }
        if (find(cause, SSLException.class) != null) {
            return "no TLS connection to " + where + ": " + tls(find(cause, SSLException.class), uri.getHost());
        }
        if (cause instanceof ConnectException) {
            String message = cause.getMessage() == null ? "" : cause.getMessage();
            return message.contains("refused") || message.isEmpty()
                    ? "connection refused by " + where + "; is the endpoint up, and the port right?"
                    : "no connection to " + where + ": " + describe(cause);
        }
        Matcher headers = HEADERS_TOO_LONG.matcher(describe(cause));
        if (headers.matches()) {
            return "the headers of the response from " + where + " are longer than " + headers.group(1) + " bytes";
        }
        if (find(cause, ProtocolException.class) != null) {
            return "what " + where + " answered is not valid HTTP/1.1: "
                    + describe(find(cause, ProtocolException.class));
        }
        String when =
                describe(cause).contains(IN_HEADERS) ? "within the headers of a response" : "before a response came";
        String end = end(cause);
        return "the connection to " + where
                + (end.isEmpty() ? " broke " + when + ": " + describe(root(cause)) : " " + end + " " + when);
    }

    /** Why a request that took too long was not even sent. */
    static String unconnected(URI uri) {
        return "no connection to " + uri.getHost() + ":" + port(uri) + " was ready by then";
    }

    /** What a response amounts to over which the client itself failed. */
    static WholeAnswer unreadable(Throwable thrown) {
        return new WholeAnswer(
                Outcome.DECODE_ERROR, "the response can't be read: " + ErrorBody.line(thrown.toString()));
    }

    /** The error of a full heap that something was thrown for; null if that was not it. */
    static OutOfMemoryError heapFull(Throwable thrown) {
        return find(thrown, OutOfMemoryError.class);
    }

    /** Why the response broke off. */
    static String read(Throwable thrown) {
        String end = end(thrown);
        if (!end.isEmpty()) {
            return "the connection " + end + " in the middle of the body";
        }
        String message = describe(root(thrown));
        return MALFORMED_CHUNKS.matcher(message).find() ? "the body is not in well-formed chunks" : message;
    }

    /** What the other side did with the connection; empty if that was not it. */
    private static String end(Throwable thrown) {
        if (find(thrown, EOFException.class) != null) {
            return "was closed";
        }
        return describe(root(thrown)).contains("Connection reset") ? "was reset" : "";
    }

    /** The JDK's own message tells the state of its parser, and the root cause what happened. */
    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Why a certificate is not accepted; an exception of one tells it at the end of its causes. */
    private static String tls(SSLException thrown, String host) {
        if (find(thrown, CertificateExpiredException.class) != null) {
            return "its certificate has expired";
        }
        if (find(thrown, CertPathBuilderException.class) != null) {
            return "its certificate is self-signed, or by an authority that this JVM does not trust";
        }
        if (find(thrown, CertificateException.class) != null
                && describe(find(thrown, CertificateException.class)).startsWith("No ")) {
            return "its certificate is not for the name " + host;
        }
        return describe(thrown);
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
