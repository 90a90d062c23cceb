package io.inferometer.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a page of the documentation shows, which is what is built. */
record Page(String text) {
    private static final Path ROOT = Path.of("..", "..");

    static Page of(String file) throws IOException {
        return new Page(Files.readString(ROOT.resolve(file)));
    }

    /** The first block of a language. */
    String block(String language) {
        return blocks(language).get(0);
    }

    /** The blocks of a language, or those of none. */
    List<String> blocks(String language) {
        return Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** The words of the first line of a command that begins so, without that beginning. */
    List<String> words(String beginning) {
        String line = text.lines()
                .filter(any -> any.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        return List.of(line.substring(beginning.length()).strip().split(" "));
    }
}
