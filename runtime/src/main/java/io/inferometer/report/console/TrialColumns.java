package io.inferometer.report.console;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.session.SessionTables;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.List;

/** The columns that tell the trials of a run apart, with which each of its tables begins. */
final class TrialColumns implements SessionTables.Columns {
    private final RunReport run;
    private final TrialNames names;

    TrialColumns(RunReport run) {
        this.run = run;
        names = TrialNames.of(run.header());
    }

    @Override
    public Table table() {
        Table table = new Table();
        if (names.sided()) {
            table.left("Side");
        }
        table.left("Workload");
        if (any(Load.Closed.class)) {
            table.right("(concurrency)");
        }
        if (any(Load.Open.class)) {
            table.right("(rate)");
        }
        names.varyingParams().forEach(name -> table.right("(" + name + ")"));
        return table.toldElsewhere();
    }

    @Override
    public List<String> cells(TrialReport trial) {
        List<String> cells = new ArrayList<>();
        if (names.sided()) {
            cells.add(names.side(trial.header()));
        }
        cells.add(trial.header().workload());
        Load load = trial.header().load();
        if (any(Load.Closed.class)) {
            cells.add(load instanceof Load.Closed closed ? Format.count(closed.concurrency()) : "");
        }
        if (any(Load.Open.class)) {
            cells.add(load instanceof Load.Open open ? Format.rate(open) : "");
        }
        names.varyingParams().forEach(name -> cells.add(trial.header().params().getOrDefault(name, "")));
        return cells;
    }

    private boolean any(Class<? extends Load> kind) {
        return run.trials().stream()
                .anyMatch(trial -> kind.isInstance(trial.header().load()));
    }
}
