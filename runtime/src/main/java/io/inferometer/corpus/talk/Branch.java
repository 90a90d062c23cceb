package io.inferometer.corpus.talk;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Sessions that begin beside the one that starts them.
 *
 * @param children what begins, all at once
 * @param inherits whether each goes on from the conversation up to here, the answer included, or begins with nothing
 * @param joinAt the turn of the parent, from 0, that waits until they have ended; empty where nobody waits
 */
public record Branch(List<RecordedSession> children, boolean inherits, OptionalInt joinAt) {
    public Branch {
        children = List.copyOf(children);
        Objects.requireNonNull(joinAt, "joinAt");
        if (children.isEmpty()) {
            throw new IllegalArgumentException("a branch needs at least one child");
        }
    }
}
