package io.inferometer.processor.declaration;

import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Prints problems as compile errors, each once, at a place that the compiler can show. */
public final class Reporter {
    private final Messager messager;
    private final RepeatedAnnotations repeated;
    private final Set<String> sources = new HashSet<>();
    private final Set<Problem> reported = new HashSet<>();

    /** Prints to a compiler. */
    public Reporter(ProcessingEnvironment environment) {
        messager = environment.getMessager();
        repeated = RepeatedAnnotations.of(environment);
    }

    /** Notes the types that are being compiled; only they have lines to point at. */
    public void compiling(Iterable<? extends Element> roots) {
        roots.forEach(root -> sources.add(root.toString()));
    }

    /** Prints problems where they are. */
    public void report(Problems problems) {
        problems.all().forEach(this::print);
    }

    /**
     * Prints what is wrong with a workload. What is wrong in a superclass that was compiled earlier stands at the workload
     * itself; what two workloads inherit is printed once.
     */
    public void report(Problems problems, TypeElement workload) {
        for (Problem problem : problems.all()) {
            TypeElement owner = (TypeElement) problem.site().owner();
            boolean compiledEarlier = !sources.contains(outermost(owner).toString());
            String origin = " (Inherited from " + owner + ".)";
            print(compiledEarlier ? new Problem(Site.of(workload), problem.message() + origin) : problem);
        }
    }

    /** Prints an error that belongs to no place. */
    public void report(Rule rule, Object... details) {
        messager.printMessage(Diagnostic.Kind.ERROR, rule.message(details));
    }

    /** Prints a warning at an element. */
    public void warn(Rule rule, Element element, Object... details) {
        messager.printMessage(Diagnostic.Kind.WARNING, rule.message(details), element);
    }

    private void print(Problem problem) {
        if (reported.add(problem) && !repeated.print(problem)) {
            Site site = problem.site();
            messager.printMessage(
                    Diagnostic.Kind.ERROR, problem.message(), site.element(), site.annotation(), site.value());
        }
    }

    private static Element outermost(Element type) {
        return type.getEnclosingElement() instanceof TypeElement outer ? outermost(outer) : type;
    }
}
