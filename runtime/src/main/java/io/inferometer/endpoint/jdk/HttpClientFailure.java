package io.inferometer.endpoint.jdk;

import io.inferometer.endpoint.Failure;
import io.inferometer.endpoint.Failure.Kind;
import io.inferometer.endpoint.Failure.Stage;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows by their words what failures of {@code java.net.http} mean for which it has no types. */
final class HttpClientFailure {
    private static final Pattern HEADERS_TOO_LONG = Pattern.compile("Header size too big: \\d+ > (\\d+)");
    private static final Pattern MALFORMED_CHUNKS = Pattern.compile("chunk size|[Cc]hunk.*(CR|LF)");
    private static final String IN_HEADERS = "receiving [";

    private HttpClientFailure() {}

    /** What was thrown before the headers of a response were there. */
    static Failure beforeBody(Throwable thrown) {
        String outer = String.valueOf(unwrap(thrown).getMessage());
        Failure failure = Failure.of(outer.contains(IN_HEADERS) ? Stage.HEADERS : Stage.AWAITED, thrown);
        Matcher tooLong = HEADERS_TOO_LONG.matcher(outer);
        return tooLong.matches() ? failure.as(Kind.HEADERS_TOO_LONG, tooLong.group(1)) : failure;
    }

    /** What was thrown behind them. */
    static Failure inBody(Throwable thrown) {
        Failure failure = Failure.of(Stage.BODY, thrown);
        return failure.kind() == Kind.OTHER
                        && MALFORMED_CHUNKS.matcher(failure.detail()).find()
                ? failure.as(Kind.MALFORMED_CHUNKS, "")
                : failure;
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
