package io.inferometer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Asserts what the processor says about mistaken sources, and where. */
final class Mistakes {
    private static final char MARK = '»';

    private Mistakes() {}

    /**
     * Compiles a source in which a {@code »} stands before each place that an error is to point at, in their order.
     *
     * @param messages the errors word for word, in the order of the marks
     */
    static void assertMistakes(String marked, String... messages) {
        assertMistakes(List.of(marked), messages);
    }

    /** The same for several sources; the marks are counted through all of them. */
    static void assertMistakes(List<String> marked, String... messages) {
        List<String> places =
                marked.stream().flatMap(source -> places(source).stream()).toList();
        assertThat(messages).as("a message for each mark").hasSameSizeAs(places);

        Compiled compiled = Compilation.of(
                        marked.stream().map(Mistakes::unmarked).toArray(String[]::new))
                .options("-proc:only")
                .run();

        assertThat(compiled.complaints())
                .containsExactlyElementsOf(IntStream.range(0, messages.length)
                        .mapToObj(i -> places.get(i) + " " + messages[i])
                        .toList());
    }

    /** Compiles sources that are to have no mistake. */
    static Compiled assertNoMistakes(String... sources) {
        Compiled compiled = Compilation.of(sources).options("-Werror").run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.succeeded()).isTrue();
        return compiled;
    }

    private static String unmarked(String marked) {
        return marked.replace(String.valueOf(MARK), "");
    }

    /** The places of the marks in the source without them. */
    private static List<String> places(String marked) {
        List<String> places = new ArrayList<>();
        String file = Sources.path(marked).replaceFirst(".*/", "");
        int line = 1;
        int column = 1;
        for (char c : marked.toCharArray()) {
            if (c == MARK) {
                places.add(file + ":" + line + ":" + column);
            } else if (c == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return places;
    }
}
