package io.inferometer.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that seal what is generated. Run with {@code -Dgolden.regenerate=true} they are written anew, and the run fails, so
 * that nobody takes it for a test.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/io/inferometer/processor");
    private static final String COMMAND =
            "mvn test -pl processor -am -Dtest=BindingWriterTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dgolden.regenerate=true";

    private Golden() {}

    /** A file that is the input of a test. */
    static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that a text is that of a file. */
    static void assertSealed(String name, String actual) {
        if (Boolean.getBoolean("golden.regenerate")) {
            write(name, actual);
            fail("Wrote " + FOLDER.resolve(name)
                    + ". Look at the difference, then run again without golden.regenerate.");
        }
        assertThat(actual)
                .as("%s; where the change is meant, run: %s", name, COMMAND)
                .isEqualTo(read(name));
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(FOLDER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
