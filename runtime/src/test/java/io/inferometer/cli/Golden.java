package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with the file that is kept of it. */
final class Golden {
    private static final String REGENERATE = "golden.regenerate";

    private Golden() {}

    /** Fails where the text differs; with {@code -Dgolden.regenerate} it rewrites the file, and fails too. */
    static void assertMatches(String name, String text) {
        if (System.getProperty(REGENERATE) != null) {
            write(Path.of("src/test/resources/io/inferometer/cli", name), text);
            fail(name + " was written anew; look at the difference, and run the test without -D" + REGENERATE);
        }
        assertThat(text)
                .as(
                        "%s; if it is meant to change: mvn test -pl runtime -am -Dtest=HelpTest -D%s"
                                + " -Dsurefire.failIfNoSpecifiedTests=false",
                        name, REGENERATE)
                .isEqualTo(read(name));
    }

    private static String read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
