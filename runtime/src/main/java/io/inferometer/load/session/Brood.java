package io.inferometer.load.session;

import io.inferometer.workload.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Children that began together, as the session sees them that waits for them. Guarded by that session. */
final class Brood {
    private final Answer[] answers;
    private int joinAt;
    private int live;
    private long lastNanos;

    /** @param joinAt the turn that waits for them */
    Brood(int count, int joinAt) {
        this.answers = new Answer[count];
        this.joinAt = joinAt;
        this.live = count;
    }

    void joinAt(int turn) {
        joinAt = Math.min(joinAt, turn);
    }

    boolean dueAt(int turn) {
        return joinAt <= turn;
    }

    boolean over() {
        return live == 0;
    }

    /** One has ended, with its last answer if it had any. */
    void ended(int child, Optional<Answer> last, long nanos) {
        lastNanos = live == answers.length ? nanos : Math.max(lastNanos, nanos);
        answers[child] = last.orElse(null);
        live--;
    }

    /** When the last of them ended. */
    long lastNanos() {
        return lastNanos;
    }

    /** The last answers, in the order of the children. */
    List<Answer> answers() {
        return Arrays.stream(answers).filter(Objects::nonNull).toList();
    }
}
