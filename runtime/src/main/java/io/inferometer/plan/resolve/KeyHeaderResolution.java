package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.UsageException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides which header carries the key: as it is said, or else as the protocol and the host want it. */
final class KeyHeaderResolution {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** What the client and its transport set for themselves. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "anthropic-version",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private KeyHeaderResolution() {}

    /**
     * The header.
     *
     * @param given what an option or a variable says; empty where none does
     * @param declared what the annotation says; empty where it says nothing
     * @param annotation where that stands
     */
    static KeyHeader resolve(Optional<Given> given, String declared, String annotation, Protocol protocol, String url) {
        String auth = given.map(Given::text).orElse(declared).strip();
        switch (auth.toLowerCase(Locale.ROOT)) {
            case "":
                return byDefault(protocol, url);
            case "bearer":
                return KeyHeader.BEARER;
            case "api-key-scheme":
                return KeyHeader.API_KEY_SCHEME;
            default:
                // What can't be a name is not shown: it may be the key itself.
                if (!NAME.matcher(auth).matches() || TAKEN.contains(auth.toLowerCase(Locale.ROOT))) {
                    throw new UsageException(given.map(Given::source).orElse(annotation)
                            + " takes bearer, api-key-scheme, or the name of a header that carries the key alone, as"
                            + " x-api-key");
                }
                return KeyHeader.of(auth);
        }
    }

    private static KeyHeader byDefault(Protocol protocol, String url) {
        if (protocol == Protocol.MESSAGES) {
            return KeyHeader.of("x-api-key");
        }
        return EndpointUrls.isAzure(url) ? KeyHeader.of("api-key") : KeyHeader.BEARER;
    }
}
