package io.inferometer.processor;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Prints problems as compile errors, each once, at a place that the compiler can show. */
final class Reporter {
    private final Messager messager;
    private final RepeatedAnnotations repeated;
    private final Set<String> sources = new HashSet<>();
    private final Set<Problem> reported = new HashSet<>();

    Reporter(ProcessingEnvironment environment) {
        messager = environment.getMessager();
        repeated = RepeatedAnnotations.of(environment);
    }

    /** Notes the types that are being compiled; only they have lines to point at. */
    void compiling(Iterable<? extends Element> roots) {
        roots.forEach(root -> sources.add(root.toString()));
    }

    /**
     * Prints what is wrong with a class. What is wrong in a superclass that was compiled earlier stands at the class
     * itself; what two workloads inherit is printed once.
     */
    void report(Problems problems, Element type) {
        for (Problem problem : problems.all()) {
            Optional<String> origin = unseen(problem.site().element());
            print(origin.map(from -> new Problem(Site.of(type), problem.message() + " (Inherited from " + from + ".)"))
                    .orElse(problem));
        }
    }

    /** Prints an error that belongs to no place. */
    void report(Rule rule, Object... details) {
        messager.printMessage(Diagnostic.Kind.ERROR, rule.message(details));
    }

    private void print(Problem problem) {
        if (reported.add(problem) && !repeated.print(problem)) {
            Site site = problem.site();
            messager.printMessage(
                    Diagnostic.Kind.ERROR, problem.message(), site.element(), site.annotation(), site.value());
        }
    }

    /** The class of an element, where it is not being compiled. */
    private Optional<String> unseen(Element element) {
        Element type = element;
        while (!(type instanceof TypeElement)) {
            type = type.getEnclosingElement();
        }
        Element outermost = type;
        while (outermost.getEnclosingElement() instanceof TypeElement outer) {
            outermost = outer;
        }
        return sources.contains(outermost.toString()) ? Optional.empty() : Optional.of(type.toString());
    }
}
