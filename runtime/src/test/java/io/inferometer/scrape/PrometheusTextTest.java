package io.inferometer.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
    @Test
    void readsWhatTheFormatHas() {
        List<Sample> samples = PrometheusText.parse("""
                # HELP a:b A help, with {braces} and "quotes".
                # TYPE a:b counter
                a:b 1

                a:b{} 1e+06
                a:b { x = "1" , y="a,b}{" , } -2.5e-3 1395066363000
                _c{path="C:\\\\DIR\\n\\"q\\""} +Inf
                d{quantile="0.5"} NaN
                d_bucket{le="+Inf"} 17 # {trace_id="a b"} 0.67 1.5
                e -Inf
                # EOF
                """);

        assertThat(samples)
                .containsExactly(
                        new Sample("a:b", Map.of(), 1),
                        new Sample("a:b", Map.of(), 1e6),
                        new Sample("a:b", Map.of("x", "1", "y", "a,b}{"), -2.5e-3),
                        new Sample("_c", Map.of("path", "C:\\DIR\n\"q\""), Double.POSITIVE_INFINITY),
                        new Sample("d", Map.of("quantile", "0.5"), Double.NaN),
                        new Sample("d_bucket", Map.of("le", "+Inf"), 17),
                        new Sample("e", Map.of(), Double.NEGATIVE_INFINITY));
    }

    @Test
    void linesMayEndInBothCharacters() {
        assertThat(PrometheusText.parse("a 1\r\nb 2\r\n"))
                .containsExactly(new Sample("a", Map.of(), 1), new Sample("b", Map.of(), 2));
    }

    @Test
    void aPageMayBeEmpty() {
        assertThat(PrometheusText.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{\"running\": 1}",
                "a",
                "a{x=\"1\" 2",
                "a{x=1} 2",
                "a{=\"1\"} 2",
                "a{x=\"1} 2",
                "a 1f",
                "a one",
                "1a 1"
            })
    void whatIsNoneIsRefusedWithItsLine(String line) {
        assertThatThrownBy(() -> PrometheusText.parse("ok 1\n" + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2 is no metric: " + line);
    }

    @Test
    void whateverALabelHoldsIsReadAgain() {
        Random random = new Random(7);
        String letters = "ab,{}=\"\\\n #é";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder value = new StringBuilder();
            random.ints(random.nextInt(8), 0, letters.length()).forEach(at -> value.append(letters.charAt(at)));
            String written =
                    value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");

            assertThat(PrometheusText.parse("a{x=\"" + written + "\",y=\"z\"} 3"))
                    .containsExactly(new Sample("a", Map.of("x", value.toString(), "y", "z"), 3));
        }
    }
}
