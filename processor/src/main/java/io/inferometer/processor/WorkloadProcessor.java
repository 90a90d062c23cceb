package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import io.inferometer.annotations.Workload;
import io.inferometer.processor.binding.BindingWriter;
import io.inferometer.processor.binding.RuntimeTypes;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Reporter;
import io.inferometer.processor.declaration.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Checks every class that is annotated with {@link Workload}, writes its binding, and lists the bindings as services.
 *
 * <p>javac makes one instance a compilation and calls it by one thread. A mistake in a declaration becomes a compile
 * error; so does a failure of the processor itself, which throws nothing.
 */
public final class WorkloadProcessor extends AbstractProcessor {
    /** Not asked of a class of it: its jar may be missing. */
    private static final String OURS = "io.inferometer.annotations";

    private static final String OWN = WorkloadProcessor.class.getPackageName() + ".";

    private final SortedSet<String> waiting = new TreeSet<>();
    private final SortedMap<String, TypeElement> written = new TreeMap<>();
    private Elements elements;
    private Reporter reporter;
    private WorkloadReader reader;
    private String current = "this compilation";
    private boolean failed;

    /** Called by the compiler, which finds the processor by ServiceLoader. */
    public WorkloadProcessor() {}

    /**
     * Our own annotations, and the one on the files that we write: javac warns of annotations that nobody claims, the
     * JDK's {@link Generated} among them.
     */
    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(OURS + ".*", Generated.class.getCanonicalName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        elements = environment.getElementUtils();
        reporter = new Reporter(environment);
        reader = new WorkloadReader(elements, environment.getTypeUtils());
        LocalClasses.watch(environment, problems -> reporter.report(problems));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        try {
            if (!failed) {
                processRound(annotations, round);
            }
        } catch (RuntimeException | AssertionError | LinkageError failure) {
            failed = true;
            missing(failure)
                    .ifPresentOrElse(
                            type -> reporter.report(Rule.INCOMPLETE_PATH, type),
                            () -> reporter.report(Rule.INTERNAL, current, failure, stackTrace(failure)));
        }
        return true;
    }

    /** The type of another jar that the processor needs and that is not there; empty where something else failed. */
    private static Optional<String> missing(Throwable failure) {
        return failure instanceof NoClassDefFoundError && failure.getCause() instanceof ClassNotFoundException none
                ? Optional.of(none.getMessage()).filter(type -> !type.startsWith(OWN))
                : Optional.empty();
    }

    private void processRound(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        reporter.compiling(round.getRootElements());
        List<? extends TypeElement> ours = annotations.stream()
                .filter(annotation ->
                        elements.getPackageOf(annotation).getQualifiedName().contentEquals(OURS))
                .toList();
        if (!ours.isEmpty() && elements.getTypeElement(RuntimeTypes.WORKLOAD_BINDING.canonicalName()) == null) {
            reporter.report(Rule.NO_RUNTIME, RuntimeTypes.WORKLOAD_BINDING);
            failed = true;
            return;
        }
        checkStrays(ours, round);
        SortedSet<String> names = new TreeSet<>(waiting);
        waiting.clear();
        round.getElementsAnnotatedWith(Workload.class).forEach(type -> names.add(type.toString()));
        for (String name : names) {
            current = name;
            TypeElement type = elements.getTypeElement(name);
            // Another processor may yet write what is missing.
            if (!round.processingOver() && Unresolved.in(reader.lineage(type))) {
                waiting.add(name);
            } else {
                processWorkload(type);
            }
        }
        if (round.processingOver() && !round.errorRaised()) {
            current = ServiceIndex.PATH;
            writeIndex();
        }
    }

    private void checkStrays(List<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<Element> annotated = new LinkedHashSet<>();
        annotations.forEach(annotation -> annotated.addAll(round.getElementsAnnotatedWith(annotation)));
        Problems problems = new Problems();
        annotated.forEach(new StrayRules(problems)::check);
        reporter.report(problems);
    }

    private void processWorkload(TypeElement type) {
        Problems problems = new Problems();
        Optional<WorkloadModel> model = reader.read(reader.lineage(type), problems);
        reporter.report(problems, type);
        model.ifPresent(this::write);
    }

    private void write(WorkloadModel model) {
        ClassName binding = BindingWriter.bindingOf(model.type());
        try {
            new BindingWriter(model, elements, WorkloadProcessor.class).write(processingEnv.getFiler());
            written.put(binding.canonicalName(), model.type());
        } catch (IOException e) {
            reporter.report(Rule.CANNOT_WRITE, binding.canonicalName(), e.getMessage());
        }
    }

    private void writeIndex() {
        try {
            SortedSet<String> listed = new ServiceIndex(processingEnv.getFiler(), elements).write(written);
            written.forEach((binding, workload) -> warnOfNamesakes(workload, binding, listed));
            written.values().stream().map(elements::getModuleOf).distinct().forEach(this::warnOfUnprovided);
        } catch (IOException e) {
            reporter.report(Rule.CANNOT_WRITE, ServiceIndex.PATH, e.getMessage());
        }
    }

    /** Two workloads of one compile that have one name are an error; of an earlier compile, one may be long gone. */
    private void warnOfNamesakes(TypeElement workload, String binding, SortedSet<String> listed) {
        String name = binding.substring(binding.lastIndexOf('.'));
        for (String other : listed) {
            if (other.endsWith(name) && !written.containsKey(other)) {
                reporter.warn(
                        Rule.NAMESAKE,
                        workload,
                        workload,
                        other.substring(0, other.length() - BindingWriter.SUFFIX.length()),
                        Roster.nameOf(workload));
            }
        }
    }

    /** On the module path a workload is found by what its module provides, and by no index. */
    private void warnOfUnprovided(ModuleElement module) {
        SortedSet<String> provided = new TreeSet<>();
        for (ModuleElement.ProvidesDirective provides : ElementFilter.providesIn(module.getDirectives())) {
            if (provides.getService().getQualifiedName().contentEquals(RuntimeTypes.WORKLOAD_BINDING.canonicalName())) {
                provides.getImplementations().forEach(binding -> provided.add(binding.toString()));
            }
        }
        SortedSet<String> missing = new TreeSet<>(written.keySet());
        missing.removeIf(binding -> provided.contains(binding)
                || !elements.getModuleOf(written.get(binding)).equals(module));
        if (!module.isUnnamed() && !missing.isEmpty()) {
            provided.addAll(missing);
            reporter.warn(
                    Rule.NOT_PROVIDED,
                    module,
                    module.getQualifiedName(),
                    String.join(", ", missing),
                    RuntimeTypes.WORKLOAD_BINDING,
                    String.join(", ", provided));
        }
    }

    /** The upper part of a stack trace, which tells where the processor failed and not what called the compiler. */
    private static String stackTrace(Throwable defect) {
        StringWriter text = new StringWriter();
        defect.printStackTrace(new PrintWriter(text, true));
        return text.toString().lines().limit(12).collect(Collectors.joining("\n"));
    }
}
