package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixedPromptsTest {
    @ParameterizedTest
    @CsvSource({
        "gpt2,          8,      0,    0",
        "gpt2,          8,      0.3,  2",
        "gpt2,          8,      0.9,  7",
        "gpt2,          8,      1,    7",
        "gpt-3.5-turbo, 512,    0.3,  154",
        "gpt-4o,        512,    0,    0",
        "gpt-oss,       512,    1,    511",
        "gpt-4o,        2,      1,    1",
        "gpt2,          100000, 0.5,  50000"
    })
    void hasTheTokensAndSharesThemAsWanted(String name, int tokens, double overlap, int shared) {
        Tokenizer tokenizer = Tokenizers.of(name);
        PrefixedPrompts prompts = PrefixedPrompts.of(CorpusSpec.DEFAULT
                .count(tokens > 1000 ? 3 : 200)
                .tokens(tokens)
                .overlap(overlap)
                .tokenizer(name)
                .seed(1));

        int[] first = tokenizer.encode(prompts.get(0).text());
        Set<String> texts = new HashSet<>();
        for (long i = 0; i < prompts.count(); i++) {
            CorpusPrompt prompt = prompts.get(i);
            int[] ids = tokenizer.encode(prompt.text());
            assertThat(ids).as(prompt.text()).hasSize(tokens);
            assertThat(prompt.tokens()).hasValue(tokens);
            assertThat(prompt.prefixTokens()).hasValue(shared);
            assertThat(Arrays.copyOf(ids, shared)).isEqualTo(Arrays.copyOf(first, shared));
            assertThat(texts.add(prompt.text())).as(prompt.text()).isTrue();
        }
    }

    @Test
    void reads() {
        PrefixedPrompts prompts =
                PrefixedPrompts.of(CorpusSpec.DEFAULT.tokens(40).overlap(0.3).seed(0));

        assertThat(prompts.get(0).text())
                .matches("After the desert lived, each song rested against the cheese\\. [a-z]+:( [A-Z][a-z ,]+\\.)+");
    }

    @Test
    void aPromptDependsOnTheSeedAndItsNumberAlone() {
        CorpusSpec spec = CorpusSpec.DEFAULT.count(50).tokens(60).overlap(0.5);
        PrefixedPrompts forwards = PrefixedPrompts.of(spec);
        PrefixedPrompts backwards = PrefixedPrompts.of(spec);
        PrefixedPrompts others = PrefixedPrompts.of(spec.seed(1));

        for (int i = 0; i < 25; i++) {
            forwards.get(i);
        }
        for (int i = 49; i >= 0; i--) {
            assertThat(backwards.get(i)).isEqualTo(forwards.get(i)).isNotEqualTo(others.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You are a helpful assistant. Answer briefly, and in English, whatever you are asked by the people here.",
                "Zeile eins\n\nZeile zwei: 12345 Äpfel, 67 Öfen;\n\n  eingerückt\ttabelliert   \nEnde der Vorrede.\n",
                "日本語の文章をここに置きます。長さは十分にあります。もっと長くしましょう。"
            })
    void sharesTheBeginningOfATextOfTheUsersOwn(String own) {
        for (String name : new String[] {"gpt2", "gpt-4", "gpt-4o"}) {
            Tokenizer tokenizer = Tokenizers.of(name);
            int whole = tokenizer.count(own);
            for (int shared = 1; shared <= whole; shared++) {
                PrefixedPrompts prompts = PrefixedPrompts.of(CorpusSpec.DEFAULT
                        .count(20)
                        .tokens(shared * 2 + 2)
                        .overlap((double) shared / (shared * 2 + 2))
                        .prefixText(own)
                        .tokenizer(name));
                for (int i = 0; i < 20; i += 7) {
                    CorpusPrompt prompt = prompts.get(i);
                    assertThat(prompt.tokens()).hasValue(shared * 2 + 2);
                    assertThat(prompt.prefixTokens()).hasValue(shared);
                    assertThat(tokenizer.encode(prompt.text())).hasSize(shared * 2 + 2);
                }
                if (shared == whole) {
                    assertThat(prompts.get(0).text()).startsWith(own);
                }
            }
        }
    }

    @Test
    void aTokenizerOfAnotherKindIsMetWithinTheTolerance() {
        PrefixedPrompts prompts =
                PrefixedPrompts.of(CorpusSpec.DEFAULT.tokens(200).overlap(0.25).tokenizer("test:letters"));

        for (int i = 0; i < 100; i++) {
            CorpusPrompt prompt = prompts.get(i);
            assertThat(prompt.tokens().getAsInt()).isBetween(190, 210);
            assertThat(prompt.prefixTokens().getAsInt()).isBetween(48, 52);
            assertThat(prompt.tokens()).hasValue(Tokenizers.of("test:letters").count(prompt.text()));
        }
    }

    @Test
    void saysWhatCannotBeMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrefixedPrompts.of(
                        CorpusSpec.DEFAULT.count(1000).tokens(1).overlap(1)))
                .withMessageMatching("1000 prompts can't be told apart by 1 tokens of gpt2; \\d are needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrefixedPrompts.of(
                        CorpusSpec.DEFAULT.tokens(100).overlap(0.5).prefixText("Once upon a time")))
                .withMessage("the prefix text has 4 tokens of gpt2; an overlap of 0.5 of 100 tokens needs 50");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PrefixedPrompts.of(CorpusSpec.DEFAULT.count(3)).get(3))
                .withMessage("no prompt has the index 3; there are 3, counted from 0");
    }

    @Test
    void lengthsByALawAreTheirs() {
        CorpusSpec spec = CorpusSpec.DEFAULT
                .count(50)
                .tolerance(0)
                .input("uniform:20..60")
                .output("zipf:1.2,64");
        PrefixedPrompts prompts = PrefixedPrompts.of(spec);

        List<CorpusPrompt> all = LongStream.range(0, 50).mapToObj(prompts::get).toList();

        assertThat(all)
                .allMatch(prompt ->
                        prompt.tokens().getAsInt() >= 20 && prompt.tokens().getAsInt() <= 60);
        assertThat(all.stream().map(CorpusPrompt::tokens).distinct().count()).isGreaterThan(15);
        assertThat(all)
                .allMatch(prompt -> prompt.outputTokens().getAsInt() >= 1
                        && prompt.outputTokens().getAsInt() <= 64);
        assertThat(all).extracting(CorpusPrompt::text).doesNotHaveDuplicates();
        assertThat(PrefixedPrompts.of(spec).get(7)).isEqualTo(all.get(7));
    }

    @Test
    void aLawThatDrawsWhatCantBeToldApartIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PrefixedPrompts.of(CorpusSpec.DEFAULT.count(200).input("fixed:1"))
                                .get(0))
                .withMessageStartingWith(
                        "a length of 1 was drawn by fixed:1, and 200 prompts can't be told apart by fewer than ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.overlap(0.5).input("uniform:20..60"))
                .withMessage(
                        "an overlap of 0.5 is a share of prompts of one length, and these follow uniform:20..60; leave"
                                + " out one of both");
        assertThat(CorpusSpec.DEFAULT.input("lognormal:512,0.8").output("128").fileName())
                .isEqualTo("requests_count-100_tokens-lognormal-512-0.8_output-128_prefix-0p00_tokenizer-gpt2.jsonl");
    }
}
