package io.inferometer.corpus.talk;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A session: turns of which each waits for the answer to the one before, and the sessions that they start.
 *
 * @param id its name in the file; not a key, since a session may be started by several others
 * @param line where it begins in the file, from 1
 * @param at when it began, from the beginning of the recording, where that was recorded
 * @param before sessions that begin with it, ahead of its first turn, and that nobody waits for
 * @param turns in their order, at least one
 */
public record RecordedSession(
        String id, long line, Optional<Duration> at, List<RecordedSession> before, List<RecordedTurn> turns) {
    public RecordedSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        before = List.copyOf(before);
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a session needs at least one turn");
        }
    }

    /** A session that starts none ahead of its first turn. */
    public static RecordedSession of(String id, long line, List<RecordedTurn> turns) {
        return new RecordedSession(id, line, Optional.empty(), List.of(), turns);
    }
}
