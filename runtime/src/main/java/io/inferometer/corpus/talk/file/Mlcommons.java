package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * MLCommons' agentic file: a row a message, the rows of a conversation together. What the user or a tool says is a turn,
 * messages of tools behind each other one; what the assistant says is the recorded answer. A row that is bad takes its whole
 * conversation with it.
 */
final class Mlcommons implements TalkReader {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Entries entries;
    private final Set<String> begun = new HashSet<>();
    private Optional<Talk> open = Optional.empty();
    private Optional<Talk> whole = Optional.empty();

    Mlcommons(Entries entries) {
        this.entries = entries;
    }

    @Override
    public Optional<RecordedSession> next() throws IOException {
        while (true) {
            Optional<Talk> ended = whole.filter(talk -> !talk.bad);
            whole = Optional.empty();
            if (ended.isPresent()) {
                return Optional.of(ended.get().session());
            }
            Optional<Entry> row = row();
            if (row.isPresent()) {
                take(row.get());
            } else if (open.isPresent()) {
                close();
            } else {
                return Optional.empty();
            }
        }
    }

    private Optional<Entry> row() throws IOException {
        try {
            return entries.next();
        } catch (BadEntry e) {
            open.ifPresent(talk -> talk.bad = true);
            throw e;
        }
    }

    private void take(Entry entry) {
        try {
            Fields row = entry.fields();
            String id = row.required("conversation_id");
            if (open.isEmpty() || !open.get().id.equals(id)) {
                close();
                open = Optional.of(new Talk(id, entry.line()));
                if (!begun.add(id)) {
                    throw row.bad("conversation_id", "is '" + id + "', whose rows ended further up");
                }
            }
            if (!open.get().bad) {
                open.get().take(row);
            }
        } catch (BadEntry e) {
            open.ifPresent(talk -> talk.bad = true);
            throw e.at(entry.line());
        }
    }

    private void close() {
        whole = open;
        open = Optional.empty();
    }

    /** A conversation whose rows are being read. */
    private static final class Talk {
        private final String id;
        private final long line;
        private final List<RecordedTurn> turns = new ArrayList<>();
        private final List<Utterance> asked = new ArrayList<>();
        private Map<String, String> fields = Map.of();
        private Duration delay = Duration.ZERO;
        private int last = -1;
        private boolean answered;
        private boolean bad;

        Talk(String id, long line) {
            this.id = id;
            this.line = line;
        }

        void take(Fields row) {
            int number = row.count("turn", 0);
            if (number <= last) {
                throw row.bad("turn", "is " + number + ", and the row ahead of it has " + last);
            }
            last = number;
            row.text("system").ifPresent(text -> {
                if (!turns.isEmpty() || !asked.isEmpty()) {
                    throw row.bad(
                            "system", "stands behind the first row, and a system message stands first or nowhere");
                }
                asked.add(Utterance.of("system", text));
            });
            row.value("tools").ifPresent(tools -> fields = Map.of("tools", tools.toString()));
            Duration wait = row.time("delay_seconds", SECOND).orElse(Duration.ZERO);
            String role = row.required("role");
            switch (role) {
                case "system" -> system(row);
                case "assistant" -> answer(row);
                case "user" -> ask(row, wait, List.of(Utterance.of("user", row.required("content"))));
                case "tool" -> ask(row, wait, results(row));
                default -> throw row.bad("role", "is '" + role + "', none of system, user, assistant and tool");
            }
            row.ignoring("content", "tool_calls", "tool_results").end();
        }

        private void system(Fields row) {
            if (!turns.isEmpty() || !asked.isEmpty()) {
                throw row.bad("role", "is the system, which has its say first or not at all");
            }
            asked.add(Utterance.of("system", row.required("content")));
        }

        private void ask(Fields row, Duration wait, List<Utterance> messages) {
            boolean tool = Utterances.tool(messages.get(0));
            boolean waiting = !turns.isEmpty() && !answered;
            if (tool && turns.isEmpty()) {
                throw row.bad("role", "is a tool, and nobody has called one");
            }
            if (waiting && tool && !endsWithTool(turns.get(turns.size() - 1))) {
                throw row.bad("role", "is a tool, and the row ahead of it is no answer that calls one");
            }
            if (waiting && tool) {
                RecordedTurn before = turns.remove(turns.size() - 1);
                asked.addAll(((Given.Appended) before.given()).messages());
                delay = before.delay().time();
            }
            asked.addAll(messages);
            turns.add(RecordedTurn.of(new Given.Appended(asked))
                    .fields(fields)
                    .delayed(Delay.afterAnswer(delay.plus(wait))));
            asked.clear();
            delay = Duration.ZERO;
            answered = false;
        }

        private static boolean endsWithTool(RecordedTurn turn) {
            List<Utterance> messages = ((Given.Appended) turn.given()).messages();
            return Utterances.tool(messages.get(messages.size() - 1));
        }

        private void answer(Fields row) {
            if (turns.isEmpty() || answered) {
                throw row.bad("role", "is the assistant, whom nobody has asked");
            }
            List<Utterance.Part> parts = new ArrayList<>();
            row.said("content").filter(text -> !text.isEmpty()).ifPresent(text -> parts.add(new Utterance.Text(text)));
            for (Fields call : row.objects("tool_calls")) {
                parts.add(Utterances.call(call.node()).orElseThrow(() -> call.bad("it is no call of a function")));
            }
            if (parts.isEmpty()) {
                throw row.bad("content", "is missing, and so is tool_calls");
            }
            int turn = turns.size() - 1;
            turns.set(turn, turns.get(turn).answered(new Utterance("assistant", parts)));
            answered = true;
        }

        private static List<Utterance> results(Fields row) {
            List<Utterance> results = new ArrayList<>();
            for (Fields result : row.objects("tool_results")) {
                String call = result.required("tool_call_id");
                String text = result.said("content").orElse("");
                result.ignoring("name").end();
                results.add(new Utterance("tool", List.of(new Utterance.Result(call, text))));
            }
            if (results.isEmpty()) {
                results.add(Utterance.of("tool", row.required("content")));
            }
            return results;
        }

        RecordedSession session() {
            if (turns.isEmpty()) {
                throw new BadEntry(line, "conversation_id '" + id + "' has no row in which anybody asks anything");
            }
            return RecordedSession.of(id, line, turns);
        }
    }
}
