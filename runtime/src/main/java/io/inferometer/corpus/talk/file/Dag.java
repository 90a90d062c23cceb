package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Branch;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * AIPerf's dag: a session a line, which names others that it starts. Those that nobody names are the roots, and are given
 * out in their order. A file is read whole, since a session may be named before it stands there.
 */
final class Dag implements TalkReader {
    private final Entries entries;
    private final Map<String, DagSession> declared = new LinkedHashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Deque<BadEntry> bad = new ArrayDeque<>();
    private final Map<String, RecordedSession> made = new HashMap<>();
    private Iterator<DagSession> roots;

    Dag(Entries entries) {
        this.entries = entries;
    }

    @Override
    public Optional<RecordedSession> next() throws IOException {
        if (roots == null) {
            read();
            refuseForked();
            refuseUndeclared();
            refuseCycles();
            refuseUndeclared();
            roots = declared.values().stream()
                    .filter(session -> !named.contains(session.id()))
                    .iterator();
        }
        if (!bad.isEmpty()) {
            throw bad.poll();
        }
        return roots.hasNext() ? Optional.of(session(roots.next())) : Optional.empty();
    }

    private void read() throws IOException {
        while (true) {
            try {
                Optional<Entry> entry = entries.next();
                if (entry.isEmpty()) {
                    return;
                }
                take(entry.get());
            } catch (BadEntry e) {
                bad.add(e);
            }
        }
    }

    private void take(Entry entry) {
        try {
            DagSession session = DagSession.of(entry);
            DagSession other = declared.putIfAbsent(session.id(), session);
            session.named().forEach(child -> named.add(child.getKey()));
            if (other != null) {
                throw new BadEntry("session_id '" + session.id() + "' is that of line " + other.line() + " too");
            }
        } catch (BadEntry e) {
            throw e.at(entry.line());
        }
    }

    /** A child that inherits a conversation has one parent, and no system message of its own. */
    private void refuseForked() {
        Map<String, String> parents = new HashMap<>();
        Set<String> spawned = new HashSet<>();
        for (DagSession parent : declared.values()) {
            parent.named().filter(child -> !child.getValue()).forEach(child -> spawned.add(child.getKey()));
        }
        for (DagSession parent : List.copyOf(declared.values())) {
            parent.named().filter(Map.Entry::getValue).map(Map.Entry::getKey).forEach(child -> {
                String other = parents.putIfAbsent(child, parent.id());
                DagSession forked = declared.get(child);
                if (other != null || spawned.contains(child)) {
                    refuse(
                            parent,
                            "it forks '" + child + "', which "
                                    + (other != null ? "'" + other + "' forks too" : "is spawned elsewhere")
                                    + ": the conversation to go on from would be two");
                } else if (forked != null && forked.turns().get(0).system()) {
                    refuse(
                            forked,
                            "turns[0].messages has a system message, and '" + parent.id()
                                    + "' forks it in the middle of a conversation");
                }
            });
        }
    }

    private void refuseUndeclared() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (DagSession session : List.copyOf(declared.values())) {
                Optional<String> nobody = session.named()
                        .map(Map.Entry::getKey)
                        .filter(child -> !declared.containsKey(child))
                        .findFirst();
                if (nobody.isPresent()) {
                    refuse(session, "it starts '" + nobody.get() + "', and no session has that session_id");
                    changed = true;
                }
            }
        }
    }

    private void refuseCycles() {
        Set<String> done = new HashSet<>();
        for (DagSession session : List.copyOf(declared.values())) {
            follow(session, new LinkedHashSet<>(), done);
        }
    }

    private void follow(DagSession session, Set<String> path, Set<String> done) {
        if (done.contains(session.id())) {
            return;
        }
        path.add(session.id());
        session.named().map(Map.Entry::getKey).forEach(child -> {
            if (path.contains(child)) {
                List<String> cycle = new ArrayList<>(path);
                cycle = new ArrayList<>(cycle.subList(cycle.indexOf(child), cycle.size()));
                cycle.add(child);
                refuse(session, "sessions start each other in a circle: " + String.join(" → ", cycle));
            } else if (declared.containsKey(child)) {
                follow(declared.get(child), path, done);
            }
        });
        path.remove(session.id());
        done.add(session.id());
    }

    private void refuse(DagSession session, String why) {
        if (declared.remove(session.id(), session)) {
            bad.add(new BadEntry(session.line(), why));
        }
    }

    private RecordedSession session(DagSession session) {
        RecordedSession before = made.get(session.id());
        if (before != null) {
            return before;
        }
        List<RecordedTurn> turns = new ArrayList<>();
        for (DagSession.Turn turn : session.turns()) {
            turns.add(turn.turn()
                    .starting(turn.starts().stream()
                            .map(start -> new Branch(all(start.children()), start.inherits(), start.joinAt()))
                            .toList()));
        }
        RecordedSession whole =
                new RecordedSession(session.id(), session.line(), Optional.empty(), all(session.before()), turns);
        made.put(session.id(), whole);
        return whole;
    }

    private List<RecordedSession> all(List<String> ids) {
        return ids.stream().map(id -> session(declared.get(id))).toList();
    }
}
