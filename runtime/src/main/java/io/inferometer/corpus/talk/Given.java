package io.inferometer.corpus.talk;

import io.inferometer.corpus.trace.HashBlocks;
import java.util.List;
import java.util.Objects;

/** What a turn gives the model, as its format says it. */
public sealed interface Given {
    /**
     * Messages behind those of the turns before and their answers.
     *
     * @param messages at least one
     */
    record Appended(List<Utterance> messages) implements Given {
        public Appended {
            messages = some(messages);
        }
    }

    /**
     * The whole conversation up to here, answers included: nothing of the turns before is put in front of it.
     *
     * @param messages at least one
     */
    record Whole(List<Utterance> messages) implements Given {
        public Whole {
            messages = some(messages);
        }
    }

    /** A whole body, a JSON object, sent as it is. */
    record Body(String json) implements Given {
        public Body {
            Objects.requireNonNull(json, "json");
        }
    }

    /**
     * A text of which only its length is known, and which of its blocks are the same as those of others.
     *
     * @param whole whether it is the whole conversation up to here, or what the user says behind the turns before
     */
    record Blocks(HashBlocks blocks, boolean whole) implements Given {
        public Blocks {
            Objects.requireNonNull(blocks, "blocks");
        }
    }

    private static List<Utterance> some(List<Utterance> messages) {
        List<Utterance> copy = List.copyOf(messages);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("a turn needs at least one message");
        }
        return copy;
    }
}
