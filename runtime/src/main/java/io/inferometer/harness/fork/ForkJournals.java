package io.inferometer.harness.fork;

import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The journals of a run's forks: beside its own, or where files of no account go if it keeps none. */
public final class ForkJournals {
    private static final String JOURNAL = ".journal.jsonl";
    private static final String MEMBER = ".member";

    /** How long a fork may take to end whose run was killed: somewhat longer than until it is halted. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Plan plan;

    public ForkJournals(Plan plan) {
        this.plan = plan;
    }

    /**
     * Deletes what a fork of a run that was killed has left, which is not gone on with: it would be read as if this run's
     * fork had written it.
     *
     * @throws UsageException if there is such a file, and the user did not allow to replace files
     */
    public void makeRoom() throws IOException, InterruptedException {
        for (Path left : left()) {
            if (!Journal.awaitWriter(left, Duration.ZERO)) {
                throw new UsageException("the journal " + left
                        + " of a fork is still being written; end its run first, or name another with --journal FILE");
            }
            if (plan.files().force()) {
                Journal.delete(left);
            } else {
                throw new UsageException("the journal " + left
                        + " of an earlier fork exists; --force replaces it, --journal FILE names another");
            }
        }
    }

    /**
     * Adds to the journal of a run that was killed what its forks have left beside it, as far as it is new, and deletes
     * that.
     *
     * @return whether there was anything
     * @throws UsageException if a fork still writes
     */
    public boolean takeOver(Resumption known) throws IOException, InterruptedException {
        List<Path> left = left();
        if (left.isEmpty()) {
            return false;
        }
        try (Journal journal = Journal.resume(plan.files().journal().orElseThrow())) {
            for (Path fork : left) {
                takeOver(fork, new Additions(journal, known));
                journal.flush();
                Journal.delete(fork);
            }
        }
        return true;
    }

    private static void takeOver(Path fork, Additions additions) throws IOException, InterruptedException {
        if (!Journal.awaitWriter(fork, PATIENCE)) {
            throw new UsageException(
                    "a fork of the run has not ended, and still writes " + fork + "; resume the run when it has");
        }
        try {
            JournalReader.read(fork, additions);
        } catch (IOException e) {
            throw new UsageException(
                    e.getMessage() + "; without that file the run is resumed from its own journal alone");
        }
    }

    /** What members have left of forks, however many there were. */
    private List<Path> left() throws IOException {
        if (plan.files().journal().isEmpty()) {
            return List.of();
        }
        Path own = plan.files().journal().get().toAbsolutePath();
        Pattern named = Pattern.compile(
                Pattern.quote(stem(own)) + "\\.fork[1-9]\\d*(\\" + MEMBER + "[1-9]\\d*)?" + Pattern.quote(JOURNAL));
        if (!Files.isDirectory(own.getParent())) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return beside.filter(
                            path -> named.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .map(path -> plan.files().journal().get().resolveSibling(path.getFileName()))
                    .toList();
        }
    }

    /** Where a member keeps its journal of a fork. */
    public Path of(int fork, int member, int members) throws IOException {
        String ending = ".fork" + (fork + 1) + (members > 1 ? MEMBER + (member + 1) : "") + JOURNAL;
        if (plan.files().journal().isEmpty()) {
            return Files.createTempDirectory("inferometer").resolve("run" + ending);
        }
        Path own = plan.files().journal().get();
        return own.resolveSibling(stem(own) + ending);
    }

    private static String stem(Path own) {
        String name = own.getFileName().toString();
        return name.endsWith(JOURNAL) ? name.substring(0, name.length() - JOURNAL.length()) : name;
    }

    /** Deletes a member's journal, all of which is in that of the run. */
    public void forget(Path journal) throws IOException {
        Journal.delete(journal);
        if (plan.files().journal().isEmpty()) {
            Files.deleteIfExists(journal.getParent());
        }
    }

    /** Adds to a journal what is new in that of a fork: a fork that the run has followed has nothing else before it. */
    private record Additions(Journal journal, Resumption known) implements JournalReader.Visitor {
        @Override
        public void header(Map<String, Object> run) {
            // The run's own says the same.
        }

        @Override
        public void iterationStarted(IterationSpan span) {
            if (!of(span).knows(span)) {
                journal.iterationStarted(span);
            }
        }

        @Override
        public void iterationEnded(IterationSpan span, Map<String, Object> health) {
            if (!of(span).done(span.warmup(), span.iteration())) {
                journal.iterationEnded(span, health);
            }
        }

        @Override
        public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
            if (!known.of(trial, fork).knowsOverhead()) {
                journal.clientOverhead(trial, fork, overhead);
            }
        }

        @Override
        public void note(int trial, int fork, String text) {
            journal.note(trial, fork, text); // one that is there already is told once
        }

        @Override
        public void server(int trial, int fork, ServerRecord learnt) {
            journal.server(trial, fork, learnt); // a reading that is there already is told once
        }

        @Override
        public void request(RequestRecord request) {
            if (!known.of(request.trial(), request.fork()).knows(request)) {
                journal.append(request);
            }
        }

        @Override
        public void unchecked(RequestRecord request, AnswerTexts answer) {
            if (!known.of(request.trial(), request.fork()).knows(request)) {
                journal.append(request, answer);
            }
        }

        @Override
        public void sessionEnded(SessionRecord session) {
            if (!known.of(session.trial(), session.fork()).knows(session)) {
                journal.sessionEnded(session);
            }
        }

        private DoneBefore of(IterationSpan span) {
            return known.of(span.trial(), span.fork());
        }
    }
}
