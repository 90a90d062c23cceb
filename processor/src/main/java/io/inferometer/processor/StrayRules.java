package io.inferometer.processor;

import io.inferometer.annotations.Workload;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Finds annotations where no workload can inherit them: on an interface, an enum or a record, or on a final class that is
 * no workload itself. On any other class they may be meant for a workload of another compilation.
 */
final class StrayRules {
    private final Problems problems;

    StrayRules(Problems problems) {
        this.problems = problems;
    }

    /** Checks the annotations on a class or member. */
    void check(Element element) {
        Element owner = element instanceof TypeElement ? element : element.getEnclosingElement();
        boolean isClass = owner.getKind() == ElementKind.CLASS;
        boolean inheritable = isClass && !owner.getModifiers().contains(Modifier.FINAL);
        if (inheritable || Declared.on(owner, Workload.class).isPresent()) {
            return;
        }
        String kind = isClass ? "a final class without @Workload" : Wording.kind(owner);
        String fix = isClass ? "Add @Workload, or remove it." : "Move it to a class.";
        Declared.allOn(element)
                .forEach(declared ->
                        problems.add(Rule.STRAY, declared.site(), declared.label(), owner.getSimpleName(), kind, fix));
    }
}
