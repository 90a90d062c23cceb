package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.talk.Branch;
import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import io.inferometer.corpus.trace.HashBlocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Recordings of agents as AgentX plays them: {@code {id, block_size, hash_id_scope, requests: […]}}. Prompts are lengths and
 * block ids. A {@code think_time} runs from the end of the answer before, or of the subagents that the request waited for;
 * where there is none, it is what lies between them by {@code t} and {@code api_time}.
 *
 * <p>Subagents start where they stand among the requests of their parent, whose next request waits for all of them, but for
 * those that were launched to run beside it ({@code status} {@code async_launched}).
 */
final class Weka implements EntrySessions.Reading {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

    private long traces;

    @Override
    public Optional<RecordedSession> session(Entry entry) {
        Fields fields = entry.fields().ignoring("models", "tool_tokens", "system_tokens", "totals");
        String id = fields.required("id");
        int block = fields.count("block_size", 1);
        String scope = fields.required("hash_id_scope");
        if (!scope.equals("local") && !scope.equals("global")) {
            throw fields.bad("hash_id_scope", "is '" + scope + "', neither local nor global");
        }
        List<Fields> requests = fields.someObjects("requests");
        fields.end();
        Stream stream = new Stream(id, entry.line(), block, scope.equals("local") ? ++traces : 0, Duration.ZERO);
        stream.read(requests);
        return Optional.of(stream.session(Optional.empty()));
    }

    /** The requests of one agent, of which each waits for the one before. */
    private static final class Stream {
        private final String id;
        private final long line;
        private final int block;
        private final long scope;
        private final Duration begin;
        private final List<RecordedTurn> turns = new ArrayList<>();
        private final Map<Integer, List<Branch>> branches = new HashMap<>();
        private final List<RecordedSession> before = new ArrayList<>();
        private final List<RecordedSession> joined = new ArrayList<>();
        private final List<RecordedSession> beside = new ArrayList<>();
        private Duration last = Duration.ZERO;
        private Duration ended;
        private Duration joinedAt;

        /**
         * @param scope a number for what the ids mean something within; 0 where that is the whole file
         * @param begin when it was started, by its parent's clock
         */
        Stream(String id, long line, int block, long scope, Duration begin) {
            this.id = id;
            this.line = line;
            this.block = block;
            this.scope = scope;
            this.begin = begin;
            this.last = begin;
            this.ended = begin;
            this.joinedAt = begin;
        }

        void read(List<Fields> requests) {
            for (Fields request : requests) {
                Duration told = request.time("t", SECOND).orElseThrow(() -> request.missing("t"));
                Duration t = told.compareTo(begin) < 0 ? begin.plus(told) : told;
                if (t.compareTo(last) < 0) {
                    throw request.bad("t", "is " + told.toNanos() / 1e9 + " s, before that of the request ahead of it");
                }
                last = t;
                String type = request.required("type");
                switch (type) {
                    case "n", "s" -> take(request, t, type.equals("s"));
                    case "subagent" -> start(request, t);
                    default -> throw request.bad("type", "is '" + type + "', none of n, s and subagent");
                }
                request.end();
            }
            start();
        }

        private void take(Fields request, Duration t, boolean streamed) {
            start();
            int tokens = request.count("in", 1);
            request.ignoring("model", "stop", "ttft", "input_types", "output_types");
            Duration since = joinedAt.compareTo(ended) > 0 ? joinedAt : ended;
            Duration between = t.compareTo(since) > 0 ? t.minus(since) : Duration.ZERO;
            Duration think = request.time("think_time", SECOND).orElse(between);
            OptionalInt out = request.whole("out", 0);
            turns.add(RecordedTurn.of(blocks(request, tokens))
                    .lengths(OptionalInt.of(tokens), out.orElse(0) == 0 ? OptionalInt.empty() : out)
                    .streamed(streamed)
                    .delayed(Delay.afterAnswer(think))
                    .at(t.minus(begin)));
            ended = t.plus(request.time("api_time", SECOND).orElse(Duration.ZERO));
        }

        private Given blocks(Fields request, int tokens) {
            List<Long> ids = request.numbers("hash_ids");
            if (scope > 0) {
                ids.replaceAll(id -> Seeds.derive(scope, 0, id));
            }
            try {
                return new Given.Blocks(new HashBlocks(tokens, ids, block), true);
            } catch (IllegalArgumentException e) {
                throw request.bad("hash_ids", "are too many: " + e.getMessage());
            }
        }

        /** Subagents that stand before this place begin when the turn before them has ended. */
        private void start() {
            int turn = turns.size() - 1;
            if (turn < 0) {
                before.addAll(joined);
                before.addAll(beside);
            } else {
                add(turn, joined, OptionalInt.of(turn + 1));
                add(turn, beside, OptionalInt.empty());
            }
            joined.clear();
            beside.clear();
        }

        private void add(int turn, List<RecordedSession> children, OptionalInt joinAt) {
            if (!children.isEmpty()) {
                branches.computeIfAbsent(turn, none -> new ArrayList<>()).add(new Branch(children, false, joinAt));
            }
        }

        private void start(Fields agent, Duration t) {
            agent.ignoring("subagent_type", "total_tokens", "tool_use_count", "models", "tool_tokens", "system_tokens");
            String name = agent.text("agent_id").orElse("subagent");
            boolean waits = !agent.text("status").orElse("").equals("async_launched");
            Optional<Duration> duration = agent.time("duration_ms", MILLIS);
            List<Fields> requests = agent.objects("requests");
            if (requests.isEmpty()) {
                return;
            }
            Stream child = new Stream(id + '/' + name, line, block, scope, t);
            child.read(requests);
            if (waits) {
                Duration end = duration.map(t::plus).orElse(child.ended);
                joinedAt = end.compareTo(joinedAt) > 0 ? end : joinedAt;
            }
            Duration wait = t.compareTo(ended) > 0 ? t.minus(ended) : Duration.ZERO;
            (waits ? joined : beside).add(child.session(Optional.of(wait)));
        }

        /**
         * The session.
         *
         * @param wait how long after the turn that starts it, where one does
         */
        RecordedSession session(Optional<Duration> wait) {
            if (turns.isEmpty()) {
                throw new BadEntry("requests of '" + id + "' holds nothing but subagents");
            }
            List<RecordedTurn> all = new ArrayList<>();
            for (RecordedTurn turn : turns) {
                boolean last = all.size() == turns.size() - 1;
                List<Branch> starts = branches.getOrDefault(all.size(), List.of()).stream()
                        .map(branch ->
                                last ? new Branch(branch.children(), branch.inherits(), OptionalInt.empty()) : branch)
                        .toList();
                all.add(turn.starting(starts));
            }
            Duration first = turns.get(0).delay().time();
            all.set(
                    0,
                    all.get(0)
                            .delayed(wait.map(first::plus)
                                    .map(Delay::afterAnswer)
                                    .orElse(Delay.NONE)));
            return new RecordedSession(
                    id, line, wait.isPresent() ? Optional.empty() : turns.get(0).at(), before, all);
        }
    }
}
