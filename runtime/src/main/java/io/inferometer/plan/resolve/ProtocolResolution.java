package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.UsageException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides in which protocol an endpoint is asked: as it is said, or else as the end of the path says, or else in chat
 * completions. A path that is given by an option or a variable is nearer than what an annotation says.
 */
final class ProtocolResolution {
    private final Optional<Given> given;
    private final Optional<Protocol> declared;
    private final String annotation;
    private final Consumer<String> notes;

    /**
     * @param declared what the annotation says
     * @param annotation where that stands
     * @param notes is told of a choice that was made by the path
     */
    ProtocolResolution(Layers layers, Optional<Protocol> declared, String annotation, Consumer<String> notes) {
        this.given = layers.first(Setting.PROTOCOL);
        this.declared = declared;
        this.annotation = annotation;
        this.notes = notes;
    }

    /** The protocol where the path is not known yet, as that of a simulated endpoint. */
    Protocol resolve() {
        return said().orElse(Protocol.CHAT);
    }

    /**
     * The protocol of a path.
     *
     * @param path a URL, or a path, as it is given
     * @param layer which layer gives it
     * @param source where it comes from
     */
    Protocol resolve(String path, Layer layer, String source) {
        Optional<Protocol> ofPath = EndpointUrls.protocol(path);
        Optional<Protocol> said = said();
        if (ofPath.isEmpty() || said.equals(ofPath)) {
            return resolve();
        }
        boolean nearer = given.isEmpty() && layer != Layer.ANNOTATION;
        if (said.isPresent() && !nearer) {
            String which = source + " ends in the path of " + word(ofPath.get());
            throw given.map(protocol -> protocol.problem(which + "; give one of them"))
                    .orElseGet(() -> new UsageException(
                            annotation + " says " + word(said.get()) + ", but " + which + "; say one of them"));
        }
        if (ofPath.get() != Protocol.CHAT || said.isPresent()) {
            notes.accept("requests are " + word(ofPath.get()) + ", as " + source + " ends in the path of that");
        }
        return ofPath.get();
    }

    private Optional<Protocol> said() {
        return given.map(it -> it.choice(Protocol.class)).or(() -> declared);
    }

    private static String word(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }
}
