package io.inferometer.processor;

import io.inferometer.annotations.Workload;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.binding.WorkloadModel.Iterations;
import io.inferometer.processor.binding.WorkloadModel.Load;
import io.inferometer.processor.binding.WorkloadModel.Method;
import io.inferometer.processor.binding.WorkloadModel.Param;
import io.inferometer.processor.binding.WorkloadModel.Settings;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a workload class into a model, and finds every mistake in it. */
final class WorkloadReader {
    private final Elements elements;
    private final Types types;
    private final Roster roster = new Roster();

    WorkloadReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** A workload class and its superclasses. */
    Lineage lineage(TypeElement workload) {
        return new Lineage(workload, elements, types);
    }

    /**
     * The model of a workload; empty where something in it is mistaken, which goes to {@code problems}, or cannot be
     * resolved, which javac reports.
     */
    Optional<WorkloadModel> read(Lineage lineage, Problems problems) {
        ClassRules rules = new ClassRules(lineage, problems);
        if (!rules.checkKind()) {
            return Optional.empty();
        }
        rules.check();
        Declared workload = Declared.on(lineage.workload(), Workload.class).orElseThrow();
        roster.enter(workload, problems);
        if (workload.whole() && workload.text("value").lines().count() > 1) {
            problems.add(Rule.DESCRIPTION, workload.site("value"), Roster.nameOf(lineage.workload()));
        }
        LoadReader loads = new LoadReader(lineage, problems);
        Optional<Load> load = loads.read();
        Optional<String> stages = loads.stages();
        MethodsReader methods = new MethodsReader(lineage, problems);
        IterationsReader iterations = new IterationsReader(lineage, load, methods.inSessions(), problems);
        Optional<Iterations> warmup = iterations.warmup();
        Optional<Iterations> measurement = iterations.measurement();
        Settings settings = new SettingsReader(lineage, problems).read();
        VariableRules variables = new VariableRules(settings.apiKeyEnv(), problems);
        List<Param> params = new ParamsReader(lineage, variables, problems).read();
        Optional<Method> request = methods.request();
        Optional<Method> check = methods.answerCheck();
        List<Method> setups = methods.setups();
        List<Method> tearDowns = methods.tearDowns();
        if (!problems.isEmpty() || Unresolved.in(lineage)) {
            return Optional.empty();
        }
        return Optional.of(new WorkloadModel(
                lineage.workload(),
                Roster.nameOf(lineage.workload()),
                elements.getBinaryName(lineage.workload()).toString(),
                workload.text("value"),
                workload.flag("main"),
                settings,
                load.orElseThrow(),
                stages,
                warmup,
                measurement.orElseThrow(),
                params,
                request.orElseThrow(),
                methods.inSessions(),
                check,
                setups,
                tearDowns));
    }
}
