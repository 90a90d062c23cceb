package io.inferometer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    /** Where a class file has its version. */
    private static final int MAJOR = 7;

    @TempDir
    Path dir;

    @BeforeEach
    void compile() throws IOException {
        provider("First", "");
        provider("Last", "");
        provider("Throws", "public Throws() { throw new IllegalStateException(\"no licence\"); }");
        provider("Unready", "static { if (true) throw new IllegalStateException(\"no natives\"); }");
        provider("Newer", "");
        provider("Needs", "private final Gone gone = new Gone();");
        provider("Mute", "@Override public String get() { throw new NoSuchMethodError(\"descriptor\"); }");
        Files.writeString(
                dir.resolve("Extends.java"),
                "public class Extends extends Gone implements java.util.function.Supplier<String> {"
                        + " public String get() { return \"\"; } }");
        Files.writeString(dir.resolve("Stranger.java"), "public class Stranger {}");
        Files.writeString(dir.resolve("Gone.java"), "public class Gone {}");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        Stream.concat(Stream.of("-d", dir.toString()), sources())
                                .toArray(String[]::new));
        assertThat(status).isZero();
        Files.delete(dir.resolve("Gone.class"));
        byte[] newer = Files.readAllBytes(dir.resolve("Newer.class"));
        newer[MAJOR] = 99;
        Files.write(dir.resolve("Newer.class"), newer);
    }

    @Test
    void leavesOutWhatIsBrokenAloneAndSaysWhy() throws Exception {
        index("First", "Absent", "Throws", "Unready", "Newer", "Needs", "Extends", "Mute", "Stranger", "Last");

        Providers<?> found = find();

        assertThat(found.working())
                .extracting(provider -> provider.getClass().getName())
                .containsExactly("First", "Last");
        assertThat(found.broken().keySet())
                .containsExactly("Absent", "Throws", "Unready", "Newer", "Needs", "Extends", "Mute", "Stranger");
        assertThat(found.broken())
                .containsEntry("Absent", "there is no such class")
                .containsEntry("Throws", "IllegalStateException: no licence")
                .containsEntry("Unready", "IllegalStateException: no natives")
                .containsEntry("Needs", "it needs Gone, which is not on the class path")
                .containsEntry("Extends", "it needs Gone, which is not on the class path")
                .containsEntry("Mute", "NoSuchMethodError: descriptor");
        assertThat(found.broken().get("Newer")).startsWith("UnsupportedClassVersionError: Newer has been compiled by");
        assertThat(found.broken().get("Stranger")).endsWith("Stranger not a subtype");
        assertThat(found.complaints()).contains("Absent is left out: there is no such class");
    }

    @Test
    void saysWhatIsWrongWithAnIndex() throws Exception {
        index("First", "no class at all", "Last");

        Providers<?> found = find();

        assertThat(found.working()).isEmpty();
        assertThat(found.complaints()).singleElement().asString().startsWith("an index of services is left out: ");
    }

    @Test
    void complainsOfNothingWhereAllWork() throws Exception {
        index("First # the first", "", "Last");

        Providers<?> found = find();

        assertThat(found.working()).hasSize(2);
        assertThat(found.complaints()).isEmpty();
    }

    private Providers<?> find() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Consumer<Supplier<?>> probe = Supplier::get;
            return Providers.find(Supplier.class, probe::accept);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void provider(String name, String members) throws IOException {
        String get = members.contains("get()") ? "" : "public String get() { return \"\"; }";
        Files.writeString(
                dir.resolve(name + ".java"),
                "public class " + name + " implements java.util.function.Supplier<String> { " + members + " " + get
                        + " }");
    }

    private Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return List.copyOf(files.map(Path::toString)
                            .filter(name -> name.endsWith(".java"))
                            .toList())
                    .stream();
        }
    }

    private void index(String... lines) throws IOException {
        Path services = Files.createDirectories(dir.resolve("META-INF/services"));
        Files.write(services.resolve("java.util.function.Supplier"), List.of(lines));
    }
}
