package io.inferometer.cli;

import io.inferometer.harness.TokenCounting;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.LateChecks;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Gate;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Side;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.html.RunCourse;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.report.journal.JobJournal;
import io.inferometer.report.journal.JournalReplay;
import io.inferometer.report.json.ResultReader;
import io.inferometer.stats.Percentiles;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what is compared: journals, native results, and results of other tools, each of them a run. */
final class SideReader {
    /** A side of a file that holds two. */
    private static final Pattern SIDE = Pattern.compile("(.+)#([ab])");

    /** A page that shows them has room for so many with all that is drawn. */
    private static final int MOST_RUNS = 6;

    private final CommandContext context;
    private final Optional<Objective> objective;
    private final List<Double> percentiles;
    private final Set<String> known = new HashSet<>();
    private final Map<List<Object>, Path> runs = new HashMap<>();
    private final Map<RunReport, RunCourse> courses = new IdentityHashMap<>();

    /**
     * @param gates what is to be judged, whose percentiles are computed
     * @param objective what goodput is by, whatever the runs' were
     */
    SideReader(CommandContext context, List<Gate> gates, Optional<Objective> objective) {
        this.context = context;
        this.objective = objective;
        percentiles = gates.stream()
                .map(Gate::figure)
                .map(Figure::percentile)
                .flatMap(Optional::stream)
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * A side by its files, with commas between.
     *
     * @throws UsageException where one can't be read, or is there twice
     */
    Side read(String name, String files) throws IOException {
        List<RunReport> runs = new ArrayList<>();
        for (String file : files.split(",", -1)) {
            Matcher side = SIDE.matcher(file);
            if (side.matches() && !Files.exists(path(file))) {
                runs.add(side(path(side.group(1)), side.group(2)));
            } else {
                runs.add(whole(path(file)));
            }
        }
        return new Side(name, runs);
    }

    /** What happened in a run that was read. */
    RunCourse course(RunReport run) {
        return courses.getOrDefault(run, RunCourse.untold(run));
    }

    /** The run of a file that holds two sides; empty where it holds one. */
    Optional<RunReport> pairs(String file) throws IOException {
        RunReport run = run(path(file), "");
        return run.header().judged().beside().isPresent() ? Optional.of(run) : Optional.empty();
    }

    private RunReport whole(Path path) throws IOException {
        RunReport run = run(path, "");
        if (run.header().judged().beside().isPresent()) {
            throw new UsageException(path + " holds both sides of ab: " + path + "#a and " + path
                    + "#b are one each, and compare " + path + " alone judges its pairs");
        }
        return run;
    }

    private RunReport side(Path path, String letter) throws IOException {
        RunReport run = run(path, letter);
        if (run.header().judged().beside().isEmpty()) {
            throw new UsageException(path + " has no sides, so there is no #" + letter);
        }
        return Side.of(run, letter.equals("a") ? Trial.Letter.A : Trial.Letter.B)
                .runs()
                .get(0);
    }

    private RunReport run(Path path, String side) throws IOException {
        if (!known.add(path.toAbsolutePath().normalize() + "#" + side)) {
            throw new UsageException(path + " is given twice: what is counted twice looks more certain than it is");
        }
        RunReport run = run(path);
        once(path, side, run);
        return run;
    }

    private RunReport run(Path path) throws IOException {
        if (JobJournal.is(path)) {
            throw new UsageException(path + " is of a batch job, which is shown alone");
        }
        if (ResultReader.is(path)) {
            return result(path);
        }
        ImportedRun.refusal(path).ifPresent(reason -> {
            throw new UsageException(reason);
        });
        return ImportedRun.reads(path) ? imported(path) : journal(path);
    }

    /** A copy of a file is no other run, and neither are a journal and the result of one. */
    private void once(Path path, String side, RunReport run) throws IOException {
        RunClock clock = run.header().clock();
        Object origin = clock.equals(RunClock.UNKNOWN) ? digest(path) : clock;
        Path first = runs.putIfAbsent(List.of(origin, side), path);
        if (first != null) {
            throw new UsageException(
                    path + " is the run of " + first + " again: what is counted twice looks more certain than it is");
        }
    }

    private static BigInteger digest(Path path) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new BigInteger(bytes.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JVM has SHA-256", e);
        }
    }

    /** Its figures are those that its run computed, so what would take others is refused. */
    private RunReport result(Path path) {
        if (objective.isPresent()) {
            throw new UsageException(
                    path + " is a result, whose goodput is by the limits of its run; give its journal to judge"
                            + " by --slo");
        }
        RunReport run;
        try {
            run = ResultReader.read(path);
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
        for (double p : percentiles) {
            if (!Percentiles.STANDARD.contains(p) && !run.header().percentiles().contains(p)) {
                throw new UsageException(path + " is a result that has no " + Percentiles.label(p)
                        + ", which its run was not asked for by --percentiles; give its journal");
            }
        }
        return run;
    }

    private RunReport imported(Path path) {
        try {
            return new ImportedRun(path.getFileName().toString(), List.of(path))
                    .read(0, objective, percentiles)
                    .report();
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private RunReport journal(Path path) throws IOException {
        ConsoleReport silent = new ConsoleReport(Screen.of(context.out()), Plan.Verbosity.SILENT, List.of());
        RunCourse course = new RunCourse(MOST_RUNS);
        JournalReplay replay = new JournalReplay(
                List.of(path),
                silent,
                new JournalReplay.Output(List.of(), false, false, List.of(course), this::changed));
        try (LateChecks late = new LateChecks(context.workloads().working())) {
            replay.run(TokenCounting::of, late);
            late.complaint().ifPresent(context::tell);
        } catch (HarnessException e) {
            context.tell(e.getMessage(), e);
        }
        replay.notes().forEach(context::tell);
        courses.put(replay.result(), course);
        return replay.result();
    }

    private RunHeader changed(RunHeader header) {
        RunHeader known = header.withPercentiles(Stream.concat(header.percentiles().stream(), percentiles.stream())
                .sorted()
                .distinct()
                .toList());
        return objective.map(known::withObjective).orElse(known);
    }

    private static Path path(String file) {
        try {
            if (!file.isBlank()) {
                return Path.of(file);
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new UsageException("there is no file '" + file + "'");
    }
}
