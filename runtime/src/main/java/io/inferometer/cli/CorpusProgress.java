package io.inferometer.cli;

import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.dataset.Corpus;
import java.util.Locale;

/** Tells how far a corpus is while it is made, and what it has become. */
final class CorpusProgress {
    private static final long TERMINAL_MILLIS = 250;
    private static final long LINE_MILLIS = 10_000;

    private final CommandContext context;
    private long count;
    private long started;
    private long told;
    private int width;

    CorpusProgress(CommandContext context) {
        this.context = context;
    }

    void start(CorpusSpec spec) {
        count = spec.count();
        started = context.clock().millis();
        told = started;
    }

    void made(long prompts) {
        long now = context.clock().millis();
        if (now - told < (context.terminal() ? TERMINAL_MILLIS : LINE_MILLIS)) {
            return;
        }
        told = now;
        String line = format("# %,d of %,d prompts, %d s", prompts, count, (now - started) / 1000);
        if (context.terminal()) {
            context.out().print("\r" + line);
            context.out().flush();
            width = line.length();
        } else {
            context.out().println(line);
        }
    }

    void end(Corpus corpus) {
        wipe();
        context.out()
                .println(format(
                        "%s: %,d prompts of %s tokens, mean %,.1f; overlap %s; %,d tokens in %.1f s",
                        corpus.file(),
                        corpus.prompts(),
                        corpus.shortest() == corpus.longest()
                                ? format("%,d", corpus.shortest())
                                : format("%,d to %,d", corpus.shortest(), corpus.longest()),
                        corpus.meanTokens(),
                        overlap(corpus),
                        corpus.tokens(),
                        (context.clock().millis() - started) / 1e3));
    }

    /** Wipes the line that is written in place. */
    void wipe() {
        if (width > 0) {
            context.out().print("\r" + " ".repeat(width) + "\r");
            context.out().flush();
            width = 0;
        }
    }

    private static String overlap(Corpus corpus) {
        String least = format("%.1f", corpus.smallestOverlap() * 100);
        String most = format("%.1f", corpus.largestOverlap() * 100);
        return (least.equals(most) ? least : least + " to " + most) + " %";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
