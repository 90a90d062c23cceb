package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES = List.of("run", "list", "serve", "report", "GptOssBaseten");

    @ParameterizedTest
    @CsvSource({
        "serv, serve",
        "srve, serve",
        "reprot, report",
        "lists, list",
        "RUN, run",
        "rum, run",
        "Oss, GptOssBaseten",
        "gptosbaseten, GptOssBaseten",
        "compare, ",
        "xy, ",
        "'', "
    })
    void findsTheNameThatWasMeant(String text, String name) {
        assertThat(Nearest.to(text, NAMES).orElse(null)).isEqualTo(name);
    }
}
