package io.inferometer.endpoint;

import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.request.WireProtocol;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Guesses in which protocol an endpoint answers that was asked in another one. */
final class SpokenProtocol {
    private static final Set<Protocol> OF_CONVERSATIONS = Set.of(Protocol.CHAT, Protocol.RESPONSES, Protocol.MESSAGES);

    private SpokenProtocol() {}

    /** By what an event, or an answer, calls itself; empty where no protocol has that. */
    static Optional<Protocol> ofKind(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        if (name.startsWith("chat.completion")) {
            return Optional.of(Protocol.CHAT);
        } else if (name.equals("text_completion")) {
            return Optional.of(Protocol.COMPLETIONS);
        } else if (name.equals("response") || name.startsWith("response.")) {
            return Optional.of(Protocol.RESPONSES);
        }
        return Set.of("message", "message_start", "content_block_start", "content_block_delta")
                        .contains(name)
                ? Optional.of(Protocol.MESSAGES)
                : Optional.empty();
    }

    /** Asks for nothing at an address. */
    interface Probe {
        /** The status of the answer, 0 where none came. */
        int status(URI there) throws InterruptedException;
    }

    /**
     * By which path is there, where that of the protocol that was asked is not: each is asked for nothing, which one that
     * is there refuses otherwise than as unknown. Empty where that one is there, or none is found.
     */
    static Optional<Protocol> instead(URI requests, Protocol asked, Probe probe) throws InterruptedException {
        String own = WireProtocol.of(asked).path();
        if (ApiUrls.beside(requests, own, own).isEmpty() || isThere(probe.status(requests))) {
            return Optional.empty();
        }
        for (Protocol other : besides(asked).toList()) {
            URI there =
                    ApiUrls.beside(requests, own, WireProtocol.of(other).path()).orElseThrow();
            if (isThere(probe.status(there))) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** The other protocols, those first that can say the same. */
    private static Stream<Protocol> besides(Protocol asked) {
        boolean conversation = OF_CONVERSATIONS.contains(asked);
        return Stream.of(true, false)
                .flatMap(like -> Stream.of(Protocol.values())
                        .filter(other -> (OF_CONVERSATIONS.contains(other) == conversation) == like))
                .filter(other -> other != asked);
    }

    private static boolean isThere(int status) {
        boolean redirect = status >= 300 && status < 400;
        return status > 0 && !redirect && status != 404 && status != 405 && status != 501;
    }
}
