package io.inferometer.harness;

import io.inferometer.corpus.Tokenizers;
import io.inferometer.report.TrialHeader;
import io.inferometer.stats.TokenAccounting;

/** Chooses what counts the tokens of a trial where its endpoint does not. */
public final class TokenCounting {
    private TokenCounting() {}

    /** Counts with the trial's tokenizer, or its model's, where one is known by that name; else by events. */
    public static TokenAccounting of(TrialHeader trial) {
        String name = trial.tokenizer().isEmpty() ? trial.model() : trial.tokenizer();
        return Tokenizers.find(name)
                .map(tokenizer -> TokenAccounting.with(tokenizer::count))
                .orElseGet(TokenAccounting::withoutTokenizer);
    }
}
