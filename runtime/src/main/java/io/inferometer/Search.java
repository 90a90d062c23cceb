package io.inferometer;

import io.inferometer.cli.CommandContext;
import io.inferometer.cli.ConsoleSink;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.search.SearchOptions;
import io.inferometer.harness.search.SearchOutcome;
import io.inferometer.harness.search.SearchPlan;
import io.inferometer.harness.search.SearchPlanner;
import io.inferometer.harness.search.SearchRun;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.JournalException;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs a search for a program. */
final class Search {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private Search() {}

    static SearchResult run(SearchOptions options, Report... listeners) throws InterruptedException {
        CommandContext process = CommandContext.ofProcess();
        Map<String, String> variables = options.options().variables();
        UnaryOperator<String> own = process.environment();
        UnaryOperator<String> environment = name -> variables.containsKey(name) ? variables.get(name) : own.apply(name);
        SearchPlan search = new SearchPlanner(process.workloads(), environment, process.clock()).plan(options);
        PlanCheck.check(search.plan());
        ResultFiles files = ResultFiles.of(search.plan(), RunHeader.of(search.plan()));
        try {
            files.check();
        } catch (ResultFileException e) {
            throw new UsageException(e.getMessage());
        }
        try (ConsoleSink sink = ConsoleSink.open(
                search.plan().console(),
                Screen.of(NOWHERE),
                search.plan().files().force())) {
            List<Report> all = new ArrayList<>(List.of(sink.report()));
            all.addAll(List.of(listeners));
            Reports reports = new Reports(all, files);
            RunReport run = new SearchRun(search, environment, reports).run();
            SearchOutcome outcome = reports.problems().isEmpty()
                    ? SearchOutcome.of(search.plan(), run)
                    : new SearchOutcome(ExitCode.FAILED, String.join("; ", reports.problems()));
            return new SearchResult(outcome, Optional.of(run));
        } catch (JournalException | ResultFileException e) {
            throw new UsageException(e.getMessage());
        } catch (PreFlightException e) {
            return failed(ExitCode.TOO_MANY_FAILURES, e, search, environment);
        } catch (HarnessException | IOException | UncheckedIOException e) {
            return failed(ExitCode.FAILED, e, search, environment);
        }
    }

    private static SearchResult failed(
            ExitCode code, Exception e, SearchPlan search, UnaryOperator<String> environment) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return new SearchResult(
                new SearchOutcome(code, search.plan().secrets(environment).redact(text)), Optional.empty());
    }
}
