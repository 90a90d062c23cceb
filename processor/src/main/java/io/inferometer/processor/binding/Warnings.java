package io.inferometer.processor.binding;

import io.inferometer.processor.binding.WorkloadModel.Method;
import io.inferometer.processor.binding.WorkloadModel.Param;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * The warnings that generated code would meet through no fault of its own: for using what a workload's author has
 * deprecated, and for being a public class, which ServiceLoader needs, of a module that exports less than it names.
 */
final class Warnings {
    private Warnings() {}

    /** The names that {@link SuppressWarnings} takes, sorted. */
    static SortedSet<String> of(WorkloadModel model, ModuleElement module) {
        SortedSet<String> warnings = new TreeSet<>();
        if (!module.isUnnamed()) {
            warnings.add("exports");
        }
        used(model).forEach(element -> {
            Deprecated deprecated = element.getAnnotation(Deprecated.class);
            if (deprecated != null) {
                warnings.add(deprecated.forRemoval() ? "removal" : "deprecation");
            }
        });
        return warnings;
    }

    /** What generated code names. */
    private static Stream<Element> used(WorkloadModel model) {
        return Stream.of(
                        withOuter(model.type()),
                        ElementFilter.constructorsIn(model.type().getEnclosedElements()).stream()
                                .filter(constructor ->
                                        constructor.getParameters().isEmpty()),
                        model.params().stream().flatMap(Warnings::used),
                        Stream.of(model.request().element()),
                        model.check().map(Method::element).stream(),
                        Stream.concat(model.setups().stream(), model.tearDowns().stream())
                                .map(Method::element))
                .flatMap(elements -> elements);
    }

    private static Stream<Element> used(Param param) {
        Stream<Element> type = param.kind().enumType().stream().flatMap(Warnings::withOuter);
        return Stream.concat(Stream.of(param.field()), type);
    }

    private static Stream<Element> withOuter(TypeElement type) {
        return Stream.iterate(type, TypeElement.class::isInstance, Element::getEnclosingElement);
    }
}
