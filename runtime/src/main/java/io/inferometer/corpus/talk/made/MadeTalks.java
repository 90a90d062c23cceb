package io.inferometer.corpus.talk.made;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.trace.HashBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Made-up conversations as vLLM's multi-turn benchmark describes them. Their lengths follow from the seed alone; their texts
 * are made of blocks, the first of which they all have in common.
 *
 * @param count how many there are
 * @param messages how many messages a conversation has, answers included: at least 2, an odd number rounded up
 * @param commonPrefix tokens that all first messages begin with, drawn once
 * @param prefix tokens that only this conversation's first message has, beside its own
 * @param input tokens of each message of the user's, the common prefix included
 * @param output tokens of each answer
 */
public record MadeTalks(int count, Spread messages, Spread commonPrefix, Spread prefix, Spread input, Spread output) {
    private static final long COMMON = 0;
    private static final long OWN = 1;

    /** The conversation of a number, from 0. */
    public RecordedSession get(int number, long line, long seed) {
        int common = commonPrefix.draw(new SplittableRandom(Seeds.derive(seed, COMMON, 0)));
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, OWN, number));
        int turns = (Math.max(2, messages.draw(random)) + 1) / 2;
        int more = prefix.draw(random);
        List<RecordedTurn> made = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            int tokens = Math.max(1, input.draw(random));
            HashBlocks blocks = turn == 0
                    ? first(common, Math.max(tokens, common + 1) + more)
                    : new HashBlocks(tokens, List.of(), tokens);
            made.add(RecordedTurn.of(new Given.Blocks(blocks, false))
                    .lengths(OptionalInt.empty(), OptionalInt.of(Math.max(1, output.draw(random)))));
        }
        return RecordedSession.of("made-" + number, line, made);
    }

    private static HashBlocks first(int common, int tokens) {
        return common == 0 ? new HashBlocks(tokens, List.of(), tokens) : new HashBlocks(tokens, List.of(0L), common);
    }
}
