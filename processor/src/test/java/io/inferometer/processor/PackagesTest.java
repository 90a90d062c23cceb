package io.inferometer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/inferometer/processor");

    @ParameterizedTest
    @ValueSource(strings = {"declaration", "binding"})
    void whatIsDeclaredAndWhatIsWrittenUseNoOtherPackageOfTheProcessor(String name) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
            List<Path> sources = files.toList();

            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(Files.readAllLines(source))
                            .filteredOn(line -> line.startsWith("import io.inferometer.processor."))
                            .allMatch(line -> line.startsWith("import io.inferometer.processor." + name + ".")));
        }
    }
}
