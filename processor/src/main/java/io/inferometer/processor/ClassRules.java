package io.inferometer.processor;

import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Checks that a workload class can be named and made from the class that is generated beside it. */
final class ClassRules {
    private final TypeElement workload;
    private final Lineage lineage;
    private final Problems problems;

    ClassRules(Lineage lineage, Problems problems) {
        this.workload = lineage.workload();
        this.lineage = lineage;
        this.problems = problems;
    }

    /** Whether it is a class at all; nothing else can be said where it is not. */
    boolean checkKind() {
        boolean isClass = workload.getKind() == ElementKind.CLASS;
        if (!isClass) {
            add(Rule.NOT_A_CLASS, workload.getSimpleName(), Wording.kind(workload));
        }
        return isClass;
    }

    void check() {
        if (lineage.home().isUnnamed()) {
            add(Rule.DEFAULT_PACKAGE, workload.getSimpleName());
        }
        if (workload.getModifiers().contains(Modifier.ABSTRACT)) {
            add(Rule.ABSTRACT_WORKLOAD, workload.getSimpleName());
        }
        if (!workload.getTypeParameters().isEmpty()) {
            add(
                    Rule.GENERIC_WORKLOAD,
                    workload.getSimpleName(),
                    workload.getTypeParameters().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        checkVisible(workload);
        if (workload.getNestingKind() == NestingKind.MEMBER
                && !workload.getModifiers().contains(Modifier.STATIC)) {
            add(
                    Rule.INNER_WORKLOAD,
                    workload.getSimpleName(),
                    workload.getEnclosingElement().getSimpleName());
        }
        checkConstructor();
    }

    /** The classes around it too, outermost first. */
    private void checkVisible(TypeElement type) {
        if (type.getEnclosingElement() instanceof TypeElement outer) {
            checkVisible(outer);
        }
        if (type.getModifiers().contains(Modifier.PRIVATE)) {
            problems.add(Rule.PRIVATE_WORKLOAD, Site.of(type), type.getSimpleName(), lineage.binding());
        }
    }

    private void checkConstructor() {
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(workload.getEnclosedElements());
        Optional<ExecutableElement> plain = constructors.stream()
                .filter(constructor -> constructor.getParameters().isEmpty())
                .findFirst();
        if (plain.isEmpty()) {
            add(Rule.NO_CONSTRUCTOR, workload.getSimpleName());
            return;
        }
        Site site = Site.of(plain.get());
        // A constructor that is not written is as private as its class.
        boolean privateClass = workload.getModifiers().contains(Modifier.PRIVATE);
        if (plain.get().getModifiers().contains(Modifier.PRIVATE) && !privateClass) {
            problems.add(Rule.PRIVATE_CONSTRUCTOR, site, workload.getSimpleName(), lineage.binding());
        }
        for (TypeMirror thrown : plain.get().getThrownTypes()) {
            if (thrown.getKind() != TypeKind.ERROR && isChecked(thrown)) {
                problems.add(Rule.THROWING_CONSTRUCTOR, site, workload.getSimpleName(), Wording.type(thrown));
            }
        }
    }

    private boolean isChecked(TypeMirror thrown) {
        return !lineage.isSubtype(thrown, RuntimeException.class) && !lineage.isSubtype(thrown, Error.class);
    }

    private void add(Rule rule, Object... details) {
        problems.add(rule, Site.of(workload), details);
    }
}
