package io.inferometer.cli.completion;

import java.util.List;
import java.util.Optional;

/**
 * An option as a shell knows it.
 *
 * @param names all of them, dashes and all
 * @param description what it is, in a sentence
 * @param value what is offered behind it; empty where the next word is none of its own
 */
record OfferedOption(List<String> names, String description, Optional<Offer> value) {
    OfferedOption {
        names = List.copyOf(names);
    }
}
