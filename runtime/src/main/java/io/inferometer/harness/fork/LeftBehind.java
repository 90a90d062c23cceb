package io.inferometer.harness.fork;

import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.member.MemberLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the members of a fork have left, whose run was killed: adds what is new in it to the run's journal, one iteration after the
 * other as the run itself would have, and an iteration's end where all members have ended it. Nothing of it is kept in memory, so
 * the files are read anew for each iteration that has something new; since none starts before the run says so, these are one or two.
 */
final class LeftBehind {
    private final SortedMap<Integer, Path> files;
    private final Resumption known;
    private final boolean here;
    private final SortedMap<Stage, Found> stages = new TreeMap<>();

    /**
     * @param files the members' journals, by their numbers from 0
     * @param known what the run's journal has
     * @param here whether they are on the machine of the run
     */
    LeftBehind(SortedMap<Integer, Path> files, Resumption known, boolean here) {
        this.files = files;
        this.known = known;
        this.here = here;
    }

    /** An iteration of a fork; warm-up comes first. */
    private record Stage(int trial, int fork, boolean warmup, int iteration) implements Comparable<Stage> {
        private static final Comparator<Stage> ORDER = Comparator.comparingInt(Stage::trial)
                .thenComparingInt(Stage::fork)
                .thenComparing(Stage::warmup, Comparator.reverseOrder())
                .thenComparingInt(Stage::iteration);

        private Stage(IterationSpan span) {
            this(span.trial(), span.fork(), span.warmup(), span.iteration());
        }

        @Override
        public int compareTo(Stage other) {
            return ORDER.compare(this, other);
        }
    }

    /** What there is of an iteration. */
    private static final class Found {
        private IterationSpan start;
        private boolean records;
        private final Map<Integer, IterationSpan> ends = new HashMap<>();
        private final Map<Integer, Map<String, Object>> health = new HashMap<>();
    }

    /** @throws IOException where one can't be read; the message names it */
    void addTo(Journal journal) throws IOException {
        for (Map.Entry<Integer, Path> file : files.entrySet()) {
            JournalReader.read(file.getValue(), new Finding(file.getKey()));
        }
        for (Map.Entry<Stage, Found> stage : stages.entrySet()) {
            add(stage.getKey(), stage.getValue(), journal);
        }
        for (Path file : files.values()) {
            JournalReader.read(file, new OfTheFork(journal));
        }
    }

    private void add(Stage stage, Found found, Journal journal) throws IOException {
        DoneBefore before = known.of(stage.trial, stage.fork);
        if (found.start != null && !before.knows(found.start)) {
            journal.iterationStarted(found.start);
        }
        if (found.records) {
            for (Path file : files.values()) {
                JournalReader.read(file, new OfAnIteration(stage, journal));
            }
        }
        int members = Math.max(before.members(), files.lastKey() + 1);
        if (!before.done(stage.warmup, stage.iteration) && found.ends.size() == members) {
            end(found, journal);
        }
    }

    private void end(Found found, Journal journal) {
        IterationSpan last = found.ends.values().stream()
                .max(Comparator.comparingLong(IterationSpan::endNanos))
                .orElseThrow();
        boolean alone = found.ends.size() == 1;
        if (!alone) {
            found.health.forEach((member, health) ->
                    journal.member(MemberLines.HEALTH, MemberLines.health(member, last, health, here)));
        }
        journal.iterationEnded(last, alone ? found.health.getOrDefault(0, Map.of()) : Map.of());
    }

    private Found found(Stage stage) {
        return stages.computeIfAbsent(stage, none -> new Found());
    }

    private DoneBefore before(int trial, int fork) {
        return known.of(trial, fork);
    }

    /** Reads a member's journal; the run's own has the same header. */
    private abstract static class Reading implements JournalReader.Visitor {
        @Override
        public final void header(Map<String, Object> run) {
            // Known.
        }
    }

    /** Looks which iterations have something new. */
    private final class Finding extends Reading {
        private final int member;

        private Finding(int member) {
            this.member = member;
        }

        @Override
        public void iterationStarted(IterationSpan span) {
            Found found = found(new Stage(span));
            if (found.start == null || span.startNanos() < found.start.startNanos()) {
                found.start = span;
            }
        }

        @Override
        public void iterationEnded(IterationSpan span, Map<String, Object> health) {
            Found found = found(new Stage(span));
            found.ends.put(member, span);
            if (!health.isEmpty()) {
                found.health.put(member, health);
            }
        }

        @Override
        public void request(RequestRecord request) {
            if (!before(request.trial(), request.fork()).knows(request)) {
                found(stage(request)).records = true;
            }
        }

        @Override
        public void unchecked(RequestRecord request, AnswerTexts answer) {
            request(request);
        }

        @Override
        public void sessionEnded(SessionRecord session) {
            if (!before(session.trial(), session.fork()).knows(session)) {
                found(stage(session)).records = true;
            }
        }
    }

    private static Stage stage(RequestRecord request) {
        return new Stage(request.trial(), request.fork(), request.warmup(), request.iteration());
    }

    private static Stage stage(SessionRecord session) {
        return new Stage(session.trial(), session.fork(), session.warmup(), session.iteration());
    }

    /** Adds the requests and sessions of an iteration that are new. */
    private final class OfAnIteration extends Reading {
        private final Stage stage;
        private final Journal journal;

        private OfAnIteration(Stage stage, Journal journal) {
            this.stage = stage;
            this.journal = journal;
        }

        private boolean adds(RequestRecord request) {
            return stage.equals(stage(request))
                    && !before(stage.trial, stage.fork).knows(request);
        }

        @Override
        public void request(RequestRecord request) {
            if (adds(request)) {
                journal.append(request);
            }
        }

        @Override
        public void unchecked(RequestRecord request, AnswerTexts answer) {
            if (adds(request)) {
                journal.append(request, answer);
            }
        }

        @Override
        public void sessionEnded(SessionRecord session) {
            if (stage.equals(stage(session)) && !before(stage.trial, stage.fork).knows(session)) {
                journal.sessionEnded(session);
            }
        }
    }

    /** Adds what is of no iteration. */
    private final class OfTheFork extends Reading {
        private final Journal journal;

        private OfTheFork(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
            if (!before(trial, fork).knowsOverhead()) {
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
            // Added with its iteration.
        }

        @Override
        public void member(String what, Map<String, Object> fields) {
            if (what.equals(MemberLines.START)) {
                journal.member(what, fields); // one that is there already says the same
            }
        }
    }
}
