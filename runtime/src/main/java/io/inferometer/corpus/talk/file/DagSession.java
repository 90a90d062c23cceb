package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A line of a file of sessions that start each other, the others still named and not looked up.
 *
 * @param before the sessions that begin with it
 * @param turns in their order
 */
record DagSession(String id, long line, List<String> before, List<Turn> turns) {
    private static final long MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A turn, who begins when it has ended, and whether the system has its say in it. */
    record Turn(RecordedTurn turn, List<Start> starts, boolean system) {}

    /** Sessions that begin together; {@link io.inferometer.corpus.talk.Branch} says what the others mean. */
    record Start(List<String> children, boolean inherits, OptionalInt joinAt) {}

    /** Reads a line. */
    static DagSession of(Entry entry) {
        Fields fields = entry.fields();
        String id = fields.required("session_id");
        List<Fields> declared = fields.someObjects("turns");
        List<String> before = fields.texts("pre_session_spawns");
        fields.end();
        List<Turn> turns = new ArrayList<>();
        for (Fields turn : declared) {
            turns.add(turn(turn, turns.size(), declared.size()));
        }
        return new DagSession(id, entry.line(), before, turns);
    }

    /** Everybody that is named, with whether they go on from this session's conversation. */
    Stream<Map.Entry<String, Boolean>> named() {
        return Stream.concat(
                before.stream().map(child -> Map.entry(child, false)),
                turns.stream()
                        .flatMap(turn -> turn.starts().stream())
                        .flatMap(start -> start.children().stream().map(child -> Map.entry(child, start.inherits()))));
    }

    private static Turn turn(Fields turn, int index, int turns) {
        List<Utterance> messages = Utterances.some(turn, "messages");
        boolean system = messages.stream().anyMatch(Utterances::system);
        if (system && index > 0) {
            throw turn.bad("messages", "has a system message, which stands in the first turn or nowhere");
        }
        Map<String, String> extra = new LinkedHashMap<>();
        turn.value("model").ifPresent(model -> extra.put("model", model.toString()));
        turn.value("tools").ifPresent(tools -> extra.put("tools", tools.toString()));
        for (String key : List.of("extra_body", "extra")) {
            turn.object(key).ifPresent(object -> extra.putAll(object.all()));
        }
        RecordedTurn made = RecordedTurn.of(new Given.Appended(messages))
                .lengths(OptionalInt.empty(), turn.whole("max_tokens", 1))
                .fields(extra)
                .delayed(Delay.afterAnswer(turn.time("delay", MILLIS).orElse(Duration.ZERO)));
        List<Start> starts = new ArrayList<>(forks(turn, index == turns - 1));
        starts.addAll(spawns(turn, index, turns));
        turn.end();
        Set<String> once = new HashSet<>();
        starts.stream().flatMap(start -> start.children().stream()).forEach(child -> {
            if (!once.add(child)) {
                throw turn.bad("it starts '" + child + "' twice");
            }
        });
        return new Turn(made, starts, system);
    }

    private static List<Start> forks(Fields turn, boolean last) {
        List<Start> starts = new ArrayList<>();
        for (var fork : turn.array("forks")) {
            String place = "forks[" + starts.size() + "]";
            String child;
            boolean background = false;
            if (fork.isTextual() && !fork.textValue().isBlank()) {
                child = fork.textValue();
            } else {
                Fields object = Fields.of(fork, turn.place(place));
                child = object.required("child");
                background = object.flag("background");
                object.end();
            }
            if (!last && !background) {
                throw turn.bad(
                        place,
                        "ends the session, and more turns follow: name it by {\"child\": …, \"background\": true}, or in"
                                + " the last turn");
            }
            starts.add(new Start(List.of(child), true, OptionalInt.empty()));
        }
        return starts;
    }

    private static List<Start> spawns(Fields turn, int index, int turns) {
        List<Start> starts = new ArrayList<>();
        OptionalInt next = index + 1 < turns ? OptionalInt.of(index + 1) : OptionalInt.empty();
        for (var spawn : turn.array("spawns")) {
            if (spawn.isTextual() && !spawn.textValue().isBlank()) {
                starts.add(new Start(List.of(spawn.textValue()), false, next));
                continue;
            }
            Fields object = Fields.of(spawn, turn.place("spawns[" + starts.size() + "]"));
            List<String> children = object.texts("children");
            OptionalInt joinAt = object.whole("join_at", 0);
            object.end();
            if (children.isEmpty()) {
                throw object.bad("children", "names nobody, and a join needs somebody to wait for");
            }
            if (joinAt.isPresent() && (joinAt.getAsInt() <= index || joinAt.getAsInt() >= turns)) {
                throw object.bad(
                        "join_at",
                        "is " + joinAt.getAsInt() + ": it is above its own turn, " + index
                                + ", and below the number of turns, " + turns);
            }
            starts.add(new Start(children, false, joinAt.isPresent() ? joinAt : next));
        }
        return starts;
    }
}
