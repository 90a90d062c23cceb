package io.inferometer.corpus.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.Vectors;
import io.inferometer.service.Providers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizersTest {
    @ParameterizedTest
    @CsvSource({
        "gpt2,                   gpt2,          50257",
        "openai-community/gpt2,  gpt2,          50257",
        "gpt-3.5-turbo,          gpt-3.5-turbo, 100277",
        "gpt-3.5-turbo-16k,      gpt-3.5-turbo, 100277",
        "gpt-4,                  gpt-4,         100277",
        "GPT-4-turbo,            gpt-4,         100277",
        "gpt-4o,                 gpt-4o,        200019",
        "gpt-4o-mini,            gpt-4o,        200019",
        "gpt-oss,                gpt-oss,       200019",
        "openai/gpt-oss-120b,    gpt-oss,       200019",
        "openai/gpt-oss-20b,     gpt-oss,       200019"
    })
    void findsTheTokenizerOfAModel(String model, String name, int vocabulary) {
        Tokenizer tokenizer = Tokenizers.of(model);

        assertThat(tokenizer.name()).isEqualTo(name);
        assertThat(tokenizer.vocabularySize()).isEqualTo(vocabulary);
        assertThat(tokenizer).isSameAs(Tokenizers.of(name));
    }

    @Test
    void listsWhatThereIsWhenThereIsNoSuchTokenizer() {
        assertThat(Tokenizers.find("gpt-5000")).isEmpty();
        assertThat(Tokenizers.find("models/gpt2")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizers.of("llama"))
                .withMessage("no tokenizer is named 'llama'; there are: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o, gpt-oss,"
                        + " test:NAME");
    }

    @Test
    void asksProvidersForWhatIsNotBuiltIn() {
        Tokenizer tokenizer = Tokenizers.of("test:letters");

        assertThat(tokenizer.count("abc")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-3.5-turbo", "gpt-4o", "gpt-oss"})
    void encodesAsTheOriginalsDo(String name) throws IOException {
        Tokenizer tokenizer = Tokenizers.of(name);
        JsonNode cases = Vectors.cases("tokens.json");

        for (JsonNode expected : cases) {
            String text = expected.get("text").textValue();
            int[] ids = Vectors.ints(expected.get(name));
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
            assertThat(tokenizer.count(text)).as(text).isEqualTo(ids.length);
            assertThat(tokenizer.decode(ids)).as(text).isEqualTo(text);
        }
        assertThat(cases).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-4", "gpt-4o", "gpt-oss"})
    void everyOrdinaryIdHasTextAndEverySpecialOneIsItsOwn(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        int special = 0;

        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            if (tokenizer.ordinary(id)) {
                assertThat(tokenizer.decode(id)).isNotEmpty();
            } else if (!isHole(tokenizer, id)) {
                special++;
                assertThat(tokenizer.encode(tokenizer.decode(id))).containsExactly(id);
            }
        }

        assertThat(special).isPositive();
        assertThat(tokenizer.ordinary(-1)).isFalse();
        assertThat(tokenizer.ordinary(tokenizer.vocabularySize())).isFalse();
    }

    @Test
    void saysHowToGetTheOnesThatAreNotBuiltIn() {
        assertThat(Tokenizers.unknown("llama", Providers.of(List.of())))
                .isEqualTo(
                        "no tokenizer is named 'llama'; there are: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o, gpt-oss; a jar"
                                + " built with 'mvn -Phuggingface package' knows those of Hugging Face");
    }

    @Test
    void saysWhichIdItDoesNotHave() {
        Tokenizer tokenizer = Tokenizers.of("gpt-4");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.decode(1, 100256))
                .withMessage("the tokenizer gpt-4 has no token 100256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.decode(-1))
                .withMessage("the tokenizer gpt-4 has no token -1");
    }

    @Test
    void encodesTheSameOnSeveralThreads() throws Exception {
        Tokenizer tokenizer = Tokenizers.of("gpt-oss");
        String text = "Several threads read one text. ".repeat(200);
        int[] alone = tokenizer.encode(text);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Future<int[]>> together = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            together.add(threads.submit(() -> tokenizer.encode(text)));
        }

        for (Future<int[]> ids : together) {
            assertThat(ids.get()).isEqualTo(alone);
        }
        threads.shutdown();
    }

    private static boolean isHole(Tokenizer tokenizer, int id) {
        try {
            tokenizer.decode(id);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
