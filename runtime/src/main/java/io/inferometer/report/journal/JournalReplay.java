package io.inferometer.report.journal;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.header.Likeness;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.Turn;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.stats.token.TokenAccounting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Tells the reports what journals say: that of one run, or those of several runs of one plan as if they were one run. A fork that was gone on with has lines behind those of others, so where there are
 * forks a journal is read once for each.
 */
public final class JournalReplay {
    private final List<Path> journals;
    private final ConsoleReport console;
    private final Output output;
    private final List<String> notes = new ArrayList<>();
    private LateCheck late;
    private RunHeader header;
    private Reports reports;
    private Replay replay;
    private RunReport result;

    /**
     * What is made of the journals besides what the console shows.
     *
     * @param files the result files
     * @param force whether files that exist are replaced
     * @param detailed whether results hold requests one by one where they can
     * @param listening who is told of the run besides
     * @param change what is changed of each header before anything is computed
     */
    public record Output(
            List<Plan.ResultFile> files,
            boolean force,
            boolean detailed,
            List<Report> listening,
            UnaryOperator<RunHeader> change) {
        public Output {
            files = List.copyOf(files);
            listening = List.copyOf(listening);
        }
    }

    public JournalReplay(List<Path> journals, ConsoleReport console, Output output) {
        this.journals = List.copyOf(journals);
        this.console = console;
        this.output = output;
    }

    /**
     * Reads them to their ends.
     *
     * @param counting gives what counts the tokens of a trial
     * @param late checks answers that were not checked yet
     * @throws UsageException if one can't be read, or they are not of one plan
     * @throws IOException if a report can't be written
     */
    public void run(Function<TrialHeader, TokenAccounting> counting, LateCheck late) throws IOException {
        this.late = late;
        try {
            if (journals.size() == 1) {
                Path journal = journals.get(0);
                begin(header(journal), counting);
                ofOneAlone(journal).ifPresent(notes::add);
                JournalReader.Ending ending = tell(journal);
                result = replay.end(RunEnd.told(ending.complete(), ending.reason()));
            } else {
                merge(counting);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (reports != null) {
                reports.close();
            }
        }
    }

    private Optional<String> ofOneAlone(Path journal) {
        return header.runner()
                .crew()
                .filter(crew -> crew.own().isPresent())
                .map(crew -> journal + " is the own journal of " + crew.names().get(0) + ", one of "
                        + crew.count() + " members: the load that is told is that of all, the requests are its own;"
                        + " --merge puts those of all together");
    }

    /** What the run came to. */
    public RunReport result() {
        return result;
    }

    /** What a reader should know of the files, a line each. */
    public List<String> notes() {
        return notes;
    }

    /** What could not be written, a line each. */
    public List<String> problems() {
        return reports.problems();
    }

    private void begin(RunHeader run, Function<TrialHeader, TokenAccounting> counting) throws IOException {
        header = run;
        ResultFiles results = new ResultFiles(output.files(), header, output.force(), output.detailed());
        results.check();
        List<Report> told = new ArrayList<>(List.of(console));
        told.addAll(output.listening());
        reports = new Reports(told, results);
        replay = new Replay(header, new RunReportBuilder(header, counting), reports);
    }

    private JournalReader.Ending tell(Path journal) {
        JournalReader.Ending ending = null;
        for (Optional<Turn> turn : turns()) {
            ending = read(journal, telling(journal, turn));
        }
        return ending;
    }

    /** Tells of a journal; of one fork of a trial alone where that is given. */
    private JournalTelling telling(Path journal, Optional<Turn> only) {
        JournalTelling.Part part = (trial, fork) -> {
            check(journal, trial);
            return only.isEmpty() || only.get().equals(new Turn(trial, fork));
        };
        return new JournalTelling(replay, part, late);
    }

    /** The forks in the order of the run, a trial without any as one; all at once where no trial has any. */
    private List<Optional<Turn>> turns() {
        if (header.trials().stream().allMatch(trial -> trial.forks().count() == 0)) {
            return List.of(Optional.empty());
        }
        return Turn.of(header).stream().map(Optional::of).toList();
    }

    /** Reads each journal once to know when and how far it ran, and then for each fork, or iteration, of it. */
    private void merge(Function<TrialHeader, TokenAccounting> counting) throws IOException {
        List<MergedJournal> all = new ArrayList<>();
        for (Path path : journals) {
            MergedJournal journal = new MergedJournal(path, header(path));
            Likeness.difference(all.isEmpty() ? journal.header() : all.get(0).header(), journal.header())
                    .ifPresent(difference -> {
                        throw new UsageException(journals.get(0) + " and " + path + " can't be merged: " + difference);
                    });
            all.add(journal);
        }
        for (MergedJournal journal : all) {
            journal.ended(read(journal.path(), journal));
        }
        List<Group> groups = Groups.of(all);
        JournalMerge merge = new JournalMerge(groups, this::read, late);
        begin(merge.header(), counting);
        notes.clear();
        sameSeed(groups).ifPresent(notes::add);
        groups.stream()
                .filter(group -> group.journals().size() > 1)
                .map(JournalReplay::together)
                .forEach(notes::add);
        merge.tell(header, replay);
        result = replay.end(merge.end());
    }

    private static String together(Group group) {
        return group.journals().stream()
                        .map(journal -> journal.path().toString())
                        .collect(Collectors.joining(" and "))
                + " ran at the same time: they are members of one run, whose rates are added on one clock";
    }

    /** Says so if two of them sent the same prompts to an endpoint, which may have kept them from one to the other. */
    private static Optional<String> sameSeed(List<Group> groups) {
        Map<Long, Path> drawn = new HashMap<>();
        for (Group group : groups) {
            // Members of a run draw the same, and each sends a part of it.
            for (MergedJournal journal : group.ofMembers() ? List.of(group.first()) : group.journals()) {
                TrialHeader trial = journal.header().trials().get(0);
                Path earlier = drawn.putIfAbsent(trial.drawing().seed(), journal.path());
                if (earlier != null && !trial.simulated()) {
                    return Optional.of(earlier + " and " + journal.path() + " have the same seed, "
                            + trial.drawing().seed()
                            + ", so that the endpoint may have had the prompts of one in its cache from the other; give"
                            + " each run a --seed of its own");
                }
            }
        }
        return Optional.empty();
    }

    private RunHeader header(Path journal) {
        try {
            return output.change().apply(RunHeader.ofMap(JournalReader.header(journal)));
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(journal + " is not the journal of a run: " + e.getMessage());
        }
    }

    private JournalReader.Ending read(Path journal, JournalReader.Visitor visitor) {
        try {
            JournalReader.Ending ending = JournalReader.read(journal, visitor);
            String line = journal + ": its last line was torn and is left out";
            if (ending.torn() && !notes.contains(line)) {
                notes.add(line);
            }
            return ending;
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void check(Path journal, int trial) {
        if (!replay.knows(trial)) {
            throw new UsageException(journal + " is not the journal of a run: it has no trial " + trial);
        }
    }
}
