package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.ErrorBody;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/**
 * How a request broke: how far it had come, and of what. A transport makes it where it meets the fault.
 *
 * @param stage how far the request had come
 * @param kind what it broke of
 * @param detail what else there is to say, in a line; empty where the kind says it all
 * @param thrown what was thrown; null where nothing was
 */
public record Breakage(Stage stage, Kind kind, String detail, Throwable thrown) {
    private static final String NOT_ASSIGNED = "Cannot assign requested address";

    /** How far a request had come. */
    public enum Stage {
        /** No byte of a response. */
        AWAITED("before a response came"),
        /** A part of the headers. */
        HEADERS("within the headers of a response"),
        /** All of the headers. */
        BODY("in the middle of the body");

        private final String when;

        Stage(String when) {
            this.when = when;
        }
    }

    /** What a request broke of. */
    public enum Kind {
        /** The host has no address. */
        UNKNOWN_HOST,
        /** Nobody listens there. */
        REFUSED,
        /** There is no way there. */
        UNREACHABLE,
        /** This JVM has no sockets for addresses of that kind. */
        NO_SUCH_SOCKETS,
        /** This process may open no more files and sockets. */
        OUT_OF_DESCRIPTORS,
        /** This machine has no more ports for that address. */
        OUT_OF_PORTS,
        /** No connection was ready in time. */
        UNCONNECTED,
        /** The certificate is no longer valid. */
        CERTIFICATE_EXPIRED,
        /** The certificate is by an authority that this JVM does not know. */
        CERTIFICATE_UNTRUSTED,
        /** The certificate is for another name. */
        CERTIFICATE_NAME,
        /** Something else in the way of encryption. */
        TLS,
        /** More bytes of headers than the detail says. */
        HEADERS_TOO_LONG,
        /** Not what HTTP allows. */
        MALFORMED,
        /** A body whose chunks are not what HTTP allows. */
        MALFORMED_CHUNKS,
        /** The other side closed the connection. */
        CLOSED,
        /** The other side reset the connection. */
        RESET,
        /** Anything else, as the detail says. */
        OTHER
    }

    public Breakage {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    /** A failure of a kind that says it all. */
    public static Breakage of(Stage stage, Kind kind) {
        return new Breakage(stage, kind, "", null);
    }

    /** What an exception of sockets, of encryption or of the JVM means. */
    public static Breakage of(Stage stage, Throwable thrown) {
        Kind kind = stage == Stage.BODY ? ending(thrown) : kind(thrown);
        String detail = switch (kind) {
            case UNREACHABLE -> describe(find(thrown, ConnectException.class));
            case TLS -> describe(find(thrown, SSLException.class));
            case MALFORMED -> describe(find(thrown, ProtocolException.class));
            // The outer ones tell where in the client, and the root cause what happened.
            case OTHER -> describe(root(thrown));
            default -> "";
        };
        return new Breakage(stage, kind, detail, thrown);
    }

    private static Kind kind(Throwable thrown) {
        if (find(thrown, UnknownHostException.class) != null
                || find(thrown, UnresolvedAddressException.class) != null) {
            return Kind.UNKNOWN_HOST;
        }
        if (find(thrown, SSLException.class) != null) {
            return tls(thrown);
        }
        String root = describe(root(thrown));
        if (root.contains("Too many open files")) {
            return Kind.OUT_OF_DESCRIPTORS;
        }
        if (root.contains(NOT_ASSIGNED)) {
            return Kind.OUT_OF_PORTS;
        }
        if (find(thrown, UnsupportedAddressTypeException.class) != null) {
            return Kind.NO_SUCH_SOCKETS;
        }
        ConnectException unconnected = find(thrown, ConnectException.class);
        if (unconnected != null) {
            String message = Objects.requireNonNullElse(unconnected.getMessage(), "");
            return message.contains("refused") || message.isEmpty() ? Kind.REFUSED : Kind.UNREACHABLE;
        }
        return find(thrown, ProtocolException.class) != null ? Kind.MALFORMED : ending(thrown);
    }

    /** An exception of a certificate tells what is wrong with it at the end of its causes. */
    private static Kind tls(Throwable thrown) {
        if (find(thrown, CertificateExpiredException.class) != null) {
            return Kind.CERTIFICATE_EXPIRED;
        }
        if (find(thrown, CertPathBuilderException.class) != null) {
            return Kind.CERTIFICATE_UNTRUSTED;
        }
        CertificateException refused = find(thrown, CertificateException.class);
        return refused != null && describe(refused).startsWith("No ") ? Kind.CERTIFICATE_NAME : Kind.TLS;
    }

    /** Sockets have no type for a reset. */
    private static Kind ending(Throwable thrown) {
        if (find(thrown, EOFException.class) != null) {
            return Kind.CLOSED;
        }
        return describe(root(thrown)).contains("Connection reset") ? Kind.RESET : Kind.OTHER;
    }

    /** The same of another kind, where a transport knows more. */
    public Breakage as(Kind newKind, String newDetail) {
        return new Breakage(stage, newKind, newDetail, thrown);
    }

    /**
     * The same, known better by the address that was tried: sockets say in one and the same words that no port is left, and
     * that this machine has no address from which that one can be reached. A datagram socket needs none of these ports, and
     * sends nothing when it is connected.
     */
    public Breakage tried(InetSocketAddress address) {
        return kind == Kind.OUT_OF_PORTS && !reachable(address)
                ? as(Kind.UNREACHABLE, "this machine has no address from which " + literal(address) + " can be reached")
                : this;
    }

    private static boolean reachable(InetSocketAddress address) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(address);
            return true;
        } catch (BindException e) {
            return !NOT_ASSIGNED.equals(e.getMessage());
        } catch (IOException | UnresolvedAddressException e) {
            return false;
        }
    }

    private static String literal(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    /** Whether the client or its machine lacks what it takes, so that nothing is said of the endpoint. */
    boolean clientsOwn() {
        return kind == Kind.OUT_OF_DESCRIPTORS || kind == Kind.OUT_OF_PORTS;
    }

    /** What it means for the user, in a line. */
    public String text(URI uri) {
        HostPort where = HostPort.of(uri);
        String untrusted = "no TLS connection to " + where + ": ";
        return switch (kind) {
            case UNKNOWN_HOST -> "no address is known for the host " + where.host() + "; check the URL";
            case REFUSED ->
                "connection refused by " + where + "; is the endpoint up, and the port right?"
                        + (detail.isEmpty() ? "" : " " + detail);
            case OUT_OF_DESCRIPTORS ->
                "no connection to " + where + ": this process may open no more files and sockets; raise that with"
                        + " ulimit -n, or keep fewer requests in flight";
            case OUT_OF_PORTS ->
                "no connection to " + where + ": no local port is left for it; get more with sysctl -w"
                        + " net.ipv4.ip_local_port_range='1024 65535', or keep fewer requests in flight";
            case NO_SUCH_SOCKETS ->
                "no connection to " + where + ": this JVM has no IPv6 sockets; it is off on this machine, or by"
                        + " -Djava.net.preferIPv4Stack";
            case UNREACHABLE -> "no connection to " + where + ": " + detail;
            case UNCONNECTED -> "no connection to " + where + " was ready by then";
            case CERTIFICATE_EXPIRED -> untrusted + "its certificate has expired";
            case CERTIFICATE_UNTRUSTED ->
                untrusted + "its certificate is self-signed, or by an authority that this JVM does not trust";
            case CERTIFICATE_NAME -> untrusted + "its certificate is not for the name " + where.host();
            case TLS -> untrusted + detail;
            case HEADERS_TOO_LONG ->
                "the headers of the response from " + where + " are longer than " + detail + " bytes";
            case MALFORMED -> "what " + where + " answered is not valid HTTP/1.1: " + detail;
            case MALFORMED_CHUNKS -> "the body is not in well-formed chunks";
            case CLOSED -> connection(where) + " was closed " + stage.when;
            case RESET -> connection(where) + " was reset " + stage.when;
            case OTHER -> stage == Stage.BODY ? detail : connection(where) + " broke " + stage.when + ": " + detail;
        };
    }

    private String connection(HostPort where) {
        return stage == Stage.BODY ? "the connection" : "the connection to " + where;
    }

    /** The error of a full heap that something was thrown for; null if that was not it. */
    static OutOfMemoryError heapFull(Throwable thrown) {
        return find(thrown, OutOfMemoryError.class);
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
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
}
