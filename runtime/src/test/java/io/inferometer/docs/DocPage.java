package io.inferometer.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pages of the documentation, as tests find them. */
public final class DocPage {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String SWITCH = "golden.regenerate";

    private DocPage() {}

    /** Fails where a page that is written from the code differs from it; with the switch it writes the page, and fails too. */
    public static void assertWritten(String name, String text, Class<?> test) throws IOException {
        Path page = ROOT.resolve("docs").resolve(name);
        if (Boolean.getBoolean(SWITCH)) {
            Files.writeString(page, text);
            fail(page + " was written anew: look at the difference, then run without -D" + SWITCH);
        }
        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as(
                        "docs/%s is written from the code, which has changed; write it anew with: mvn test -pl runtime -am"
                                + " -Dtest=%s -D%s=true -Dsurefire.failIfNoSpecifiedTests=false",
                        name, test.getSimpleName(), SWITCH)
                .isEqualTo(text);
    }

    /** The README, CONTRIBUTING, and all of docs. */
    static List<Path> all() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(name));
    }
}
