package io.inferometer.processor.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.workload.binding.ParamType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The processor accepts a value where the runtime does, and only there. */
class ParamKindTest {
    private static final Map<ParamKind, ParamType> COUNTERPARTS = Map.of(
            ParamKind.TEXT,
            new ParamType.Text(),
            ParamKind.FLAG,
            new ParamType.Flag(),
            ParamKind.INT,
            new ParamType.Int(),
            ParamKind.LONG,
            new ParamType.Long(),
            ParamKind.DECIMAL,
            new ParamType.Decimal(),
            ParamKind.choice(null, List.of("A", "b")),
            new ParamType.Choice(List.of("A", "b")));

    @Test
    void everyTypeOfTheRuntimeHasItsCounterpart() {
        assertThat(COUNTERPARTS.values())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.of(ParamType.class.getPermittedSubclasses()));
    }

    @Test
    void bothAcceptTheSameTexts() {
        List<String> texts = List.of(
                "",
                " ",
                "true",
                "True",
                "false",
                "0",
                "-0",
                "+5",
                " 5",
                "5 ",
                "2147483647",
                "2147483648",
                "5L",
                "0x10",
                "9223372036854775807",
                "9223372036854775808",
                "1.5",
                "1e3",
                "1d",
                ".5",
                "1e400",
                "NaN",
                "Infinity",
                "A",
                "a",
                "b",
                "1_000",
                "١");

        for (String text : texts) {
            assertSameJudgement(text);
        }
    }

    @Test
    void bothAcceptTheSameRandomTexts() {
        Random random = new Random(7);
        String letters = "0123456789+-.eEdfxLN _Aab";

        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertSameJudgement(text.toString());
        }
    }

    private static void assertSameJudgement(String text) {
        COUNTERPARTS.forEach((kind, type) -> assertThat(kind.parse(text).isPresent())
                .as("\"%s\" as %s", text, type)
                .isEqualTo(type.accepts(text)));
    }
}
