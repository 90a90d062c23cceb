package io.inferometer.benchmarks.data;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.talk.Branch;
import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.workload.Children;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.Session;
import io.inferometer.workload.TurnContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A session of a file while it is played: each turn behind the answer to the one before, sessions that it starts when the
 * turn has ended that starts them, and turns that wait for these when they have. One that is entered in the middle has said
 * before what the file says until there.
 */
final class Playing implements Session {
    private final RecordedSession recorded;
    private final TalkRequests requests;
    private final boolean recordedAnswers;
    private final Entry entry;
    private final List<Message> said;
    private final Deque<Children> starting = new ArrayDeque<>();
    private List<Message> asked = List.of();
    private int reached = -1;

    /**
     * Where a session is entered, and how much of it is played.
     *
     * @param turn of the file, from 0
     * @param delay before it
     * @param turns how many turns are played, unless there are fewer
     */
    record Entry(int turn, Duration delay, int turns) {
        /** All of a session. */
        static Entry of(RecordedSession session) {
            return new Entry(0, session.turns().get(0).delay().time(), Integer.MAX_VALUE);
        }
    }

    /**
     * @param recordedAnswers whether the answers of the file are in the history, in place of the endpoint's own
     * @param inherited what was said before it began
     */
    private Playing(
            RecordedSession recorded,
            TalkRequests requests,
            boolean recordedAnswers,
            Entry entry,
            List<Message> inherited) {
        this.recorded = recorded;
        this.requests = requests;
        this.recordedAnswers = recordedAnswers;
        this.entry = entry;
        this.said = new ArrayList<>(inherited);
    }

    /** A session of the file's own. */
    static Playing of(RecordedSession recorded, TalkRequests requests, boolean recordedAnswers, Entry entry) {
        return new Playing(recorded, requests, recordedAnswers, entry, List.of());
    }

    @Override
    public String name() {
        return recorded.id();
    }

    @Override
    public NextTurn next(TurnContext turn) {
        int at = entry.turn() + turn.index();
        if (turn.index() > reached) {
            reached = turn.index();
            if (turn.index() == 0) {
                sayBefore(turn);
            } else {
                hear(turn, at - 1);
            }
            if (turn.index() < entry.turns()) {
                starting.addAll(startedBefore(at));
            }
        }
        if (!starting.isEmpty()) {
            return NextTurn.spawn(starting.poll());
        }
        if (turn.index() >= entry.turns() || at == recorded.turns().size()) {
            return NextTurn.end();
        }
        RecordedTurn next = recorded.turns().get(at);
        asked = requests.said(next.given(), number(turn, at));
        if (!recordedAnswers) {
            asked = ToolResults.behind(said, asked);
        }
        InferenceRequest request = requests.of(next, said, asked);
        if (turn.index() == 0 && recorded.at().isPresent()) {
            request = request.at(recorded.at().get());
        }
        NextTurn.Ask ask = NextTurn.ask(request)
                .thinkTime(turn.index() == 0 ? entry.delay() : next.delay().time());
        return next.delay().from() == Delay.From.TURN ? ask.sinceTurn() : ask;
    }

    /** Takes what the file says ahead of the turn at which it is entered into what was said. */
    private void sayBefore(TurnContext turn) {
        for (int i = 0; i < entry.turn() && !whole(entry.turn()); i++) {
            said.addAll(requests.said(recorded.turns().get(i).given(), number(turn, i)));
            said.add(answer(i, "--steady-start"));
        }
    }

    /** Takes the turn before, and the answer to it, into what was said. */
    private void hear(TurnContext turn, int before) {
        if (!recordedAnswers && !turn.history().isEmpty()) {
            said.clear();
            said.addAll(turn.history());
        } else if (recordedAnswers && before + 1 < recorded.turns().size() && !whole(before + 1)) {
            said.addAll(asked);
            said.add(answer(before, "--answers recorded"));
        }
    }

    private boolean whole(int turn) {
        return TalkRequests.whole(recorded.turns().get(turn).given());
    }

    private Message answer(int turn, String option) {
        return recorded.turns()
                .get(turn)
                .answer()
                .map(Said::of)
                .orElseThrow(() -> new IllegalArgumentException("line " + recorded.line()
                        + ": the file has no answer to turn " + turn + " of '" + recorded.id()
                        + "', and what follows needs it: leave out " + option));
    }

    private static long number(TurnContext turn, int at) {
        return Seeds.derive(turn.session(), turn.branch().hashCode(), at);
    }

    /** What begins ahead of a turn; last what this turn waits for. */
    private List<Children> startedBefore(int turn) {
        if (turn == 0) {
            return recorded.before().isEmpty()
                    ? List.of()
                    : List.of(children(recorded.before(), List.of()).background());
        }
        return recorded.turns().get(turn - 1).branches().stream()
                .sorted(Comparator.comparing(branch -> branch.joinAt().orElse(Integer.MAX_VALUE) == turn))
                .map(this::children)
                .toList();
    }

    private Children children(Branch branch) {
        Children children = children(branch.children(), branch.inherits() ? said : List.of());
        return branch.joinAt().isPresent()
                ? children.joinAt(branch.joinAt().getAsInt() - entry.turn())
                : children.background();
    }

    private Children children(List<RecordedSession> sessions, List<Message> inherited) {
        return Children.of(sessions.stream()
                .map(child -> new Playing(child, requests, recordedAnswers, Entry.of(child), inherited))
                .toList());
    }
}
