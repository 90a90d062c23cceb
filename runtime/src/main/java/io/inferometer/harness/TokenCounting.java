package io.inferometer.harness;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.token.TokenAccounting;
import java.util.Optional;

/** Chooses what counts the tokens of a trial where its endpoint does not. */
public final class TokenCounting {
    private TokenCounting() {}

    /**
     * Counts with the trial's tokenizer, or its model's, where one is known by that name; else by events.
     *
     * @param trial names the tokenizer, or the model
     * @return what counts the tokens of its requests
     */
    public static TokenAccounting of(TrialHeader trial) {
        Optional<Tokenizer> known = trial.figures().tokenizer().isEmpty()
                ? Tokenizers.builtIn(trial.model())
                : Tokenizers.find(trial.figures().tokenizer());
        return known.map(tokenizer -> TokenAccounting.with(tokenizer::count))
                .orElseGet(TokenAccounting::withoutTokenizer);
    }
}
