package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that seal a format. {@code -Dgolden.regenerate=true} writes them anew, and fails the tests that did, so that it
 * never stays on unseen.
 */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/io/inferometer/report/golden");
    private static final String SWITCH = "golden.regenerate";

    private Golden() {}

    public static void check(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean(SWITCH)) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, actual);
            fail(file + " was written anew: look at the difference, then run without -D" + SWITCH);
        }
        assertThat(file)
                .as("golden file; make it with: mvn test -pl runtime -am -Dtest='io.inferometer.report.*Test'"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.regenerate=true")
                .exists();
        assertThat(actual)
                .as(file + "; if the change is intended, write it anew with: mvn test -pl runtime -am"
                        + " -Dtest='io.inferometer.report.*Test' -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dgolden.regenerate=true")
                .isEqualTo(Files.readString(file));
    }
}
