package io.inferometer.load.session;

import io.inferometer.record.Outcome;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.SessionRecord.Ended;
import io.inferometer.workload.Answer;
import io.inferometer.workload.Children;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Message;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.Session;
import io.inferometer.workload.TurnContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A session, or a child of one, while it lives: what has been said, and who is waited for. One thread at a time goes on with
 * it; its children end on others.
 */
final class LiveSession {
    private static final int MOST_STEPS_WITHOUT_TURN = 10_000;

    private final SessionPlan plan;
    private final SessionTree tree;
    private final Session says;
    private final String branch;
    private final LiveSession parent;
    private final Brood siblings;
    private final int child;

    private SessionDispatcher dispatcher;
    private int index;
    private int steps;
    private int spawnedAtTurn;
    private List<Message> history = List.of();
    private Optional<Answer> answer = Optional.empty();
    private Optional<Answer> last = Optional.empty();
    private List<Answer> joined = List.of();
    private final List<Brood> broods = new ArrayList<>();
    private long ready;
    private long lastDue;
    private boolean waiting;

    /** A session of the load's own. */
    LiveSession(SessionPlan plan, SessionTree tree) {
        this(plan, tree, plan.workload(), "", null, null, 0);
    }

    private LiveSession(
            SessionPlan plan,
            SessionTree tree,
            Session says,
            String branch,
            LiveSession parent,
            Brood siblings,
            int child) {
        this.plan = plan;
        this.tree = tree;
        this.says = says;
        this.branch = branch;
        this.parent = parent;
        this.siblings = siblings;
        this.child = child;
    }

    SessionTree tree() {
        return tree;
    }

    /** Where its turn at hand stands. */
    Place place() {
        return new Place(Place.ABSENT, tree.number(), tree.attempt(), branch, index, says.name());
    }

    /** Asks what comes next. */
    NextTurn ask() throws Exception {
        IterationContext iteration = plan.iteration();
        NextTurn next = says.next(new TurnContext(
                iteration.trial(),
                iteration.warmup(),
                iteration.iteration(),
                tree.number(),
                branch,
                index,
                history,
                answer,
                joined));
        if (next == null) {
            throw problem("returned null", "return NextTurn.ask(...) or NextTurn.end()");
        }
        return next;
    }

    private TurnException problem(String what, String remedy) {
        return new TurnException("at turn " + index + " of session " + tree.number()
                + (branch.isEmpty() ? "" : ", child " + branch) + " it " + what + "; " + remedy);
    }

    /** Begins with what was asked ahead of time. */
    void begin(SessionDispatcher by, NextTurn first, Optional<Flight> made, long nanos) throws Exception {
        dispatcher = by;
        ready = nanos;
        if (made.isPresent()) {
            NextTurn.Ask ask = (NextTurn.Ask) first;
            beside(ask);
            due(ask, made.get());
        } else if (goesOn(first)) {
            step();
        }
    }

    /** Asks, until there is something to wait for. */
    void step() throws Exception {
        do {
            if (dispatcher.over()) {
                end(Ended.CUT);
                return;
            }
            if (waitsForChildren()) {
                return;
            }
        } while (goesOn(ask()));
    }

    /** Does what comes next; whether it is to be asked again at once. */
    private boolean goesOn(NextTurn next) throws Exception {
        if (next instanceof NextTurn.Ask ask) {
            if (index >= plan.bounds().mostTurns()) {
                end(Ended.CUT);
                return false;
            }
            beside(ask);
            due(ask, flight(ask.request()));
            return false;
        }
        if (next instanceof NextTurn.End) {
            end(Ended.COMPLETED);
            return false;
        }
        if (++steps > MOST_STEPS_WITHOUT_TURN) {
            throw problem("has asked nothing " + MOST_STEPS_WITHOUT_TURN + " times in a row", "return NextTurn.end()");
        }
        if (next instanceof NextTurn.Spawn spawn) {
            spawn(spawn.children(), index);
        } else {
            join();
        }
        return true;
    }

    /** What it asks, serialised. */
    Flight flight(InferenceRequest request) {
        return new Flight(dispatcher, this, request, plan.wire().prepare(request), 0, Pause.NONE);
    }

    private void beside(NextTurn.Ask ask) {
        ask.children().ifPresent(children -> spawn(children, index + 1));
    }

    private void due(NextTurn.Ask ask, Flight made) {
        steps = 0;
        long from = ask.fromTurn() && index > 0 ? lastDue : ready;
        long think = thinkNanos(ask);
        lastDue = Math.max(ready, from + think);
        if (parent == null) {
            tree.thinks(lastDue - ready);
        }
        // Ahead of a session's first turn passes what the load says.
        Pause pause = parent == null && index == 0 ? Pause.NONE : new Pause(think, lastDue - from);
        dispatcher.due(new Flight(dispatcher, this, made.asked(), made.wire(), lastDue, pause));
    }

    /** Drawn by the run's seed, the session and the turn alone. */
    private long thinkNanos(NextTurn.Ask ask) {
        long seed = plan.iteration().trial().seed() * 31 + tree.number();
        SplittableRandom random = new SplittableRandom((seed * 31 + branch.hashCode()) * 31 + index);
        long nanos = ask.thinkTime().draw(random).toNanos();
        if (nanos < 0) {
            throw problem("thinks for " + nanos + " ns", "a think time is 0 or more");
        }
        return nanos;
    }

    private void spawn(Children children, int next) {
        int at = children.joinAt() == Children.NEXT ? next : children.joinAt();
        if (at < next) {
            throw problem(
                    "spawns children that turn " + children.joinAt() + " is to wait for",
                    "the next one that can is turn " + next);
        }
        int count = children.sessions().size();
        Brood brood = new Brood(count, at);
        synchronized (this) {
            broods.add(brood);
        }
        tree.spawns(count);
        for (int i = 0; i < count; i++) {
            String place = (branch.isEmpty() ? "" : branch + '/') + index + '.' + spawnedAtTurn++;
            LiveSession one = new LiveSession(plan, tree, children.sessions().get(i), place, this, brood, i);
            one.dispatcher = dispatcher;
            one.ready = ready;
            dispatcher.goOn(one, one::step);
        }
    }

    private synchronized void join() {
        if (broods.isEmpty()) {
            throw problem("joins nobody", "spawn children before, or leave the join out");
        }
        broods.forEach(brood -> brood.joinAt(index));
    }

    /** Whether children must end before the turn at hand; the last of them goes on with it. */
    private synchronized boolean waitsForChildren() {
        if (!childrenOver()) {
            waiting = true;
            return true;
        }
        List<Answer> answers = new ArrayList<>(joined);
        for (Brood brood : broods) {
            if (brood.dueAt(index)) {
                answers.addAll(brood.answers());
                ready = Math.max(ready, brood.lastNanos());
            }
        }
        broods.removeIf(brood -> brood.dueAt(index));
        joined = answers;
        return false;
    }

    private boolean childrenOver() {
        return broods.stream().noneMatch(brood -> brood.dueAt(index) && !brood.over());
    }

    private synchronized boolean childEnded(Brood brood, int which, Optional<Answer> lastAnswer, long nanos) {
        brood.ended(which, lastAnswer, nanos);
        boolean on = waiting && childrenOver();
        waiting &= !on;
        return on;
    }

    /** Its request has ended: goes on with what comes next, or ends. */
    void answered(InferenceRequest asked, RequestTimeline timeline) throws Exception {
        boolean failed = timeline.outcome() != Outcome.SUCCESS;
        boolean own = timeline.outcome().clientsOwn();
        ready = timeline.endNanos();
        tree.answered(failed && !own, ready);
        if (own || (failed && !plan.bounds().skipsFailed())) {
            end(own ? Ended.CUT : Ended.FAILED);
            return;
        }
        answer = failed ? Optional.empty() : Optional.of(Heard.answer(timeline));
        if (!failed) {
            last = answer;
            asked.conversation().ifPresent(said -> {
                List<Message> all = new ArrayList<>(said);
                all.add(Heard.message(timeline));
                history = List.copyOf(all);
            });
        }
        index++;
        spawnedAtTurn = 0;
        joined = List.of();
        step();
    }

    /** Nothing more of it is sent. */
    void cut() {
        end(Ended.CUT);
    }

    private void end(Ended how) {
        long nanos = ready;
        boolean over = tree.ends(how);
        if (parent != null && parent.childEnded(siblings, child, last, nanos)) {
            dispatcher.goOn(parent, parent::step);
        }
        if (over) {
            dispatcher.over(tree);
        }
    }
}
