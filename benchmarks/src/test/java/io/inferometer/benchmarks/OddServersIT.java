package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every habit that somebody met with a real endpoint, told as it should be, over both transports. The habits stand beside
 * the clone, in {@code ../shared/oddservers}; where they don't, or where there is no python3, nothing is tried.
 */
@Execution(ExecutionMode.CONCURRENT)
class OddServersIT {
    @TempDir
    static Path dir;

    private static Optional<OddServer> server = Optional.empty();

    @BeforeAll
    static void startServer() throws IOException {
        server = OddServer.start();
        assumeTrue(server.isPresent(), "there is no ../shared/oddservers beside the clone, or no python3");
    }

    @AfterAll
    static void stopServer() {
        server.ifPresent(OddServer::close);
    }

    @TestFactory
    List<DynamicTest> tellsEachHabitAsItShould() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : OddServer.expected().properties()) {
            for (String transport : transports(entry.getValue())) {
                OddEntry odd = new OddEntry(entry.getKey(), entry.getValue(), transport);
                tests.add(DynamicTest.dynamicTest(odd.name() + ", " + transport, () -> hold(odd)));
            }
        }
        return tests;
    }

    /** Both, unless the entry names one, is a text, or sends nothing. */
    private static List<String> transports(JsonNode entry) {
        if (!entry.isObject()) {
            return List.of();
        }
        JsonNode options = entry.path("options");
        for (int i = 0; i + 1 < options.size(); i++) {
            if (options.path(i).asText().equals("--transport")) {
                return List.of(options.path(i + 1).asText());
            }
        }
        return entry.has("report") ? List.of("jdk") : List.of("jdk", "nio");
    }

    private static void hold(OddEntry odd) throws IOException {
        Path own = dir.resolve(odd.name() + "-" + odd.transport());

        assertThat(odd.faults(server.orElseThrow(), own))
                .as(odd.name() + " over " + odd.transport())
                .isEmpty();
    }
}
