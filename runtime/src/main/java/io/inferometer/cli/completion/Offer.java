package io.inferometer.cli.completion;

import java.util.List;

/**
 * What a shell offers for a word.
 *
 * @param files whether it is a file of this machine
 * @param words what it may be; nothing is known of it where there are none and it is no file
 */
record Offer(boolean files, List<String> words) {
    static final Offer NOTHING = new Offer(false, List.of());
    static final Offer FILES = new Offer(true, List.of());

    Offer {
        words = List.copyOf(words);
    }

    static Offer of(List<String> words) {
        return new Offer(false, words);
    }
}
