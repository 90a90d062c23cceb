package io.inferometer.report.journal;

import io.inferometer.instrument.Health;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.stats.ClientOverhead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a replay what a journal says, or a part of it. The replay knows the header already.
 *
 * <p>What a report throws when it can't be written comes out as an {@link UncheckedIOException} with its message.
 */
public final class JournalTelling implements JournalReader.Visitor {
    private final Replay replay;
    private final Part part;
    private final LateCheck late;
    private final int forks;
    private final long nanos;

    /** Which forks of which trials are told. */
    @FunctionalInterface
    public interface Part {
        /** Whether a fork of a trial is. */
        boolean has(int trial, int fork);
    }

    /**
     * A telling of what a journal says as it stands.
     *
     * @param part what of it is told
     * @param late checks what is not checked
     */
    public JournalTelling(Replay replay, Part part, LateCheck late) {
        this(replay, part, late, 0, 0);
    }

    /**
     * A telling of one journal behind others.
     *
     * @param part what of it is told, by its own numbers of forks
     * @param late checks what is not checked
     * @param forks how many forks come before its first
     * @param nanos how much time comes before its beginning
     */
    public JournalTelling(Replay replay, Part part, LateCheck late, int forks, long nanos) {
        this.replay = replay;
        this.part = part;
        this.late = late;
        this.forks = forks;
        this.nanos = nanos;
    }

    @Override
    public void header(Map<String, Object> run) {
        // The replay has it.
    }

    @Override
    public void iterationStarted(IterationSpan span) {
        tell(
                span.trial(),
                span.fork(),
                () -> replay.iterationStarted(
                        span.trial(), span.fork() + forks, span.warmup(), span.iteration(), span.startNanos() + nanos));
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        Optional<Health> seen = health.isEmpty() ? Optional.empty() : Optional.of(Health.ofMap(health));
        tell(span.trial(), span.fork(), () -> replay.iterationEnded(seen));
    }

    @Override
    public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
        tell(trial, fork, () -> replay.clientOverhead(trial, ClientOverhead.ofMap(overhead)));
    }

    @Override
    public void search(String what, Map<String, Object> fields) {
        try {
            SearchLines.tell(replay, what, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void member(String what, Map<String, Object> fields) {
        if (fields.get("trial") instanceof Number trial && fields.get("fork") instanceof Number fork) {
            Map<String, Object> told = new LinkedHashMap<>(fields);
            told.put("fork", fork.intValue() + forks);
            tell(trial.intValue(), fork.intValue(), () -> replay.member(what, told));
        }
    }

    @Override
    public void note(int trial, int fork, String text) {
        tell(trial, fork, () -> replay.note(text));
    }

    @Override
    public void server(int trial, int fork, ServerRecord learnt) {
        tell(trial, fork, () -> replay.server(trial, learnt.later(nanos)));
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        tell(
                session.trial(),
                session.fork(),
                () -> replay.sessionEnded(session.moved(session.fork() + forks, nanos, 0)));
    }

    @Override
    public void request(RequestRecord request) {
        tell(
                request.trial(),
                request.fork(),
                () -> replay.add(forks == 0 && nanos == 0 ? request : request.moved(request.fork() + forks, nanos)));
    }

    @Override
    public void unchecked(RequestRecord request, AnswerTexts answer) {
        if (part.has(request.trial(), request.fork())) {
            request(late.check(replay.trial(request.trial()), request, answer).orElse(request));
        }
    }

    private void tell(int trial, int fork, Event event) {
        if (part.has(trial, fork)) {
            try {
                event.tell();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    private interface Event {
        void tell() throws IOException;
    }
}
