package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import io.inferometer.corpus.talk.made.MadeTalks;
import io.inferometer.corpus.talk.made.Spread;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * vLLM's description of conversations to be made up: {@code {filetype: "generate_conversations", num_conversations,
 * prompt_input, prompt_output}}. The texts that it names are not read: words are made up here, of the same lengths.
 */
final class VllmMultiTurn implements TalkReader {
    private static final double MEDIAN_RATIO = 0.85;

    private final Entries entries;
    private final long seed;
    private Optional<MadeTalks> made = Optional.empty();
    private long line;
    private int next;

    /** @param seed of the lengths */
    VllmMultiTurn(Entries entries, long seed) {
        this.entries = entries;
        this.seed = seed;
    }

    @Override
    public Optional<RecordedSession> next() throws IOException {
        if (made.isEmpty()) {
            Optional<Entry> entry = entries.next();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            line = entry.get().line();
            made = Optional.of(read(entry.get()));
        }
        return next < made.get().count() ? Optional.of(made.get().get(next++, line, seed)) : Optional.empty();
    }

    private static MadeTalks read(Entry entry) {
        try {
            Fields fields = entry.fields().ignoring("text_files", "print_stats");
            String type = fields.required("filetype");
            if (!type.equals("generate_conversations")) {
                throw fields.bad("filetype", "is '" + type + "', not generate_conversations");
            }
            Fields input = fields.object("prompt_input").orElseThrow(() -> fields.missing("prompt_input"));
            Fields output = fields.object("prompt_output").orElseThrow(() -> fields.missing("prompt_output"));
            MadeTalks made = new MadeTalks(
                    fields.count("num_conversations", 1),
                    spread(input, "num_turns"),
                    input.has("common_prefix_num_tokens")
                            ? spread(input, "common_prefix_num_tokens")
                            : new Spread.Constant(0),
                    input.has("prefix_num_tokens") ? spread(input, "prefix_num_tokens") : new Spread.Constant(0),
                    spread(input, "num_tokens"),
                    spread(output, "num_tokens"));
            input.end();
            output.end();
            fields.end();
            return made;
        } catch (BadEntry e) {
            throw e.at(entry.line());
        }
    }

    private static Spread spread(Fields owner, String key) {
        Fields law = owner.object(key).orElseThrow(() -> owner.missing(key));
        String name = law.required("distribution");
        try {
            Spread spread = switch (name) {
                case "constant" -> new Spread.Constant(law.count("value", 0));
                case "uniform" -> new Spread.Uniform(law.count("min", 0), law.count("max", 0));
                case "lognormal" -> lognormal(law);
                case "zipf" -> new Spread.Zipf(law.number("alpha"), max(law));
                case "poisson" -> new Spread.Poisson(law.number("alpha"), max(law));
                default ->
                    throw law.bad(
                            "distribution",
                            "is '" + name + "', none of constant, uniform, lognormal, zipf and poisson");
            };
            law.end();
            return spread;
        } catch (IllegalArgumentException e) {
            throw law.bad(e.getMessage());
        }
    }

    private static Spread lognormal(Fields law) {
        if (law.has("average")) {
            double ratio = law.has("median_ratio") ? law.number("median_ratio") : MEDIAN_RATIO;
            return Spread.Lognormal.of(law.number("average"), ratio, max(law));
        }
        return new Spread.Lognormal(law.number("mean"), law.number("sigma"), max(law));
    }

    private static OptionalInt max(Fields law) {
        return law.whole("max", 1);
    }
}
