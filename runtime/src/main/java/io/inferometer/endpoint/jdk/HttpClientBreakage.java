package io.inferometer.endpoint.jdk;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Breakage.Kind;
import io.inferometer.endpoint.Breakage.Stage;
import io.inferometer.endpoint.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows by their words what failures of {@code java.net.http} mean for which it has no types. */
final class HttpClientBreakage {
    private static final Pattern HEADERS_TOO_LONG = Pattern.compile("Header size too big: \\d+ > (\\d+)");
    private static final Pattern MALFORMED_CHUNKS = Pattern.compile("chunk size|[Cc]hunk.*(CR|LF)");
    private static final String IN_HEADERS = "receiving [";

    private HttpClientBreakage() {}

    /** What was thrown before the headers of a response were there. */
    static Breakage beforeBody(Throwable thrown, URI uri) {
        String outer = String.valueOf(unwrap(thrown).getMessage());
        Breakage breakage = Breakage.of(outer.contains(IN_HEADERS) ? Stage.HEADERS : Stage.AWAITED, thrown);
        if (breakage.kind() == Kind.REFUSED) {
            return refused(breakage, addresses(uri));
        }
        if (breakage.kind() == Kind.OUT_OF_PORTS) {
            HostPort to = HostPort.of(uri);
            return breakage.tried(new InetSocketAddress(to.host(), to.port()));
        }
        Matcher tooLong = HEADERS_TOO_LONG.matcher(outer);
        return tooLong.matches() ? breakage.as(Kind.HEADERS_TOO_LONG, tooLong.group(1)) : breakage;
    }

    /** The client asks one address of a host, whatever others there are. */
    static Breakage refused(Breakage breakage, List<String> addresses) {
        return addresses.size() < 2
                ? breakage
                : breakage.as(
                        Kind.REFUSED,
                        "Of its addresses " + String.join(", ", addresses)
                                + " java.net.http asks the first alone; --transport nio asks each");
    }

    /** Those that the JVM has looked up a moment ago, and so still knows. */
    private static List<String> addresses(URI uri) {
        try {
            return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /** What was thrown behind them. */
    static Breakage inBody(Throwable thrown) {
        Breakage breakage = Breakage.of(Stage.BODY, thrown);
        return breakage.kind() == Kind.OTHER
                        && MALFORMED_CHUNKS.matcher(breakage.detail()).find()
                ? breakage.as(Kind.MALFORMED_CHUNKS, "")
                : breakage;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
