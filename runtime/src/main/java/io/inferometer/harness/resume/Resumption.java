package io.inferometer.harness.resume;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.header.Likeness;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.SearchLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far an interrupted run came, each trial and each fork by itself. */
public final class Resumption {
    /** Nothing has been done. */
    public static final Resumption NONE = new Resumption();

    private final Map<Part, DoneBefore> parts = new HashMap<>();
    private final Set<Integer> planned = new HashSet<>();
    private Optional<Map<String, Object>> asked = Optional.empty();
    private RunHeader header;

    private record Part(int trial, int fork) {}

    private Resumption() {}

    /**
     * Reads the journal of a run.
     *
     * @throws UsageException if it can't be read, or is complete
     */
    public static Resumption of(Path journal) {
        Resumption resumption = new Resumption();
        try {
            if (JournalReader.read(journal, resumption.reading()).complete()) {
                throw new UsageException(journal + " is of a complete run: there is nothing to resume");
            }
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(journal + " is not the journal of a run: " + e.getMessage());
        }
        return resumption;
    }

    /**
     * Reads the journal of a plan that goes on with it.
     *
     * @throws UsageException if it can't be read, is complete, or is of another plan
     */
    public static Resumption of(Plan plan) {
        Path journal = plan.files().journal().orElseThrow();
        Resumption resumption = of(journal);
        resumption.header.runner().crew().filter(crew -> crew.own().isPresent()).ifPresent(crew -> {
            throw new UsageException(journal + " is the own journal of "
                    + crew.names().get(0) + ", one of " + crew.count()
                    + " members: resume that of their run, or put those of all together with report --merge");
        });
        resumption.difference(RunHeader.of(plan)).ifPresent(difference -> {
            throw new UsageException(journal + " is of another plan: " + difference
                    + "; resume it with the options and variables that it was begun with");
        });
        return resumption;
    }

    /** What the trials differ in is told first: a forgotten option of theirs says more than one of the run. */
    private Optional<String> difference(RunHeader planned) {
        return Likeness.differenceOfPlan(header, header.withTrials(planned.trials()))
                .or(() -> Likeness.differenceOfPlan(header, planned));
    }

    /**
     * Makes sure that it was the same that was searched.
     *
     * @param wanted what is searched now; empty where the run is no search
     * @throws UsageException if it was not
     */
    public void checkSearch(Plan plan, Optional<Map<String, Object>> wanted) {
        if (asked.equals(wanted)) {
            return;
        }
        Path journal = plan.files().journal().orElseThrow();
        if (asked.isEmpty() || wanted.isEmpty()) {
            throw new UsageException(journal
                    + (asked.isEmpty()
                            ? " is of a run that is no search: resume it with run"
                            : " is of a search: resume it with search"));
        }
        wanted.get().forEach((name, value) -> {
            if (!value.equals(asked.get().get(name))) {
                throw new UsageException(journal + " is of another search: " + name + " is "
                        + asked.get().get(name) + " and " + value
                        + "; resume it with the options and variables that it was begun with");
            }
        });
    }

    /** The header of the run that is gone on with. */
    public RunHeader header() {
        return header;
    }

    /** What was asked of the search that is gone on with; empty where it is none. */
    public Optional<Map<String, Object>> asked() {
        return asked;
    }

    /** Whether it is known that the search has come to a trial. */
    public boolean planned(int trial) {
        return planned.contains(trial);
    }

    /** When its last request ended, on its own clock; 0 where nothing has been done. */
    public long lastNanos() {
        return parts.values().stream().mapToLong(DoneBefore::lastNanos).max().orElse(0);
    }

    /** How far a trial came, or one of its forks. */
    public DoneBefore of(int trial, int fork) {
        return parts.getOrDefault(new Part(trial, fork), new DoneBefore());
    }

    private DoneBefore part(int trial, int fork) {
        return parts.computeIfAbsent(new Part(trial, fork), part -> new DoneBefore());
    }

    private JournalReader.Visitor reading() {
        return new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                header = RunHeader.ofMap(run);
                header.trials().forEach(trial -> planned.add(trial.index()));
            }

            @Override
            public void iterationStarted(IterationSpan span) {
                part(span.trial(), span.fork()).started(span);
            }

            @Override
            public void iterationEnded(IterationSpan span, Map<String, Object> health) {
                part(span.trial(), span.fork()).ended(span);
            }

            @Override
            public void clientOverhead(int trial, int fork, Map<String, Object> told) {
                part(trial, fork).overheadMeasured();
            }

            @Override
            public void member(String what, Map<String, Object> fields) {
                if (fields.get("trial") instanceof Number trial && fields.get("fork") instanceof Number fork) {
                    part(trial.intValue(), fork.intValue()).member(what, fields);
                }
            }

            @Override
            public void search(String what, Map<String, Object> fields) {
                if (what.equals(SearchLines.ASKED)) {
                    asked = Optional.of(fields);
                } else if (what.equals(SearchLines.TRIAL)) {
                    planned.add(TrialHeader.ofMap(fields).index());
                }
            }

            @Override
            public void request(RequestRecord request) {
                part(request.trial(), request.fork()).add(request);
            }

            @Override
            public void sessionEnded(SessionRecord session) {
                part(session.trial(), session.fork()).add(session);
            }

            @Override
            public void unchecked(RequestRecord request, AnswerTexts answer) {
                part(request.trial(), request.fork()).unchecked(request);
            }
        };
    }
}
