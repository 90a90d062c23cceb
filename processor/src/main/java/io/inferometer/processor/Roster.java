package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import io.inferometer.processor.binding.BindingWriter;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/** The workloads of one compilation, of which no two may claim the same name, binding, or place of the main one. */
final class Roster {
    private final Map<String, TypeElement> byName = new HashMap<>();
    private final Map<ClassName, TypeElement> byBinding = new HashMap<>();
    private TypeElement main;

    /** A workload's name on the command line: {@code Outer.Nested}. */
    static String nameOf(TypeElement workload) {
        return String.join(".", ClassName.get(workload).simpleNames());
    }

    /** Adds a workload, and notes what an earlier one has already claimed. */
    void enter(Declared workload, Problems problems) {
        TypeElement type = (TypeElement) workload.element();
        TypeElement namesake = byName.putIfAbsent(nameOf(type), type);
        if (namesake != null) {
            problems.add(Rule.SAME_NAME, workload.site(), namesake, type, nameOf(type));
        }
        ClassName binding = BindingWriter.bindingOf(type);
        TypeElement twin = byBinding.putIfAbsent(binding, type);
        if (twin != null) {
            problems.add(Rule.SAME_BINDING, workload.site(), twin, type, binding.simpleName());
        }
        if (!workload.whole() || !workload.flag("main")) {
            return;
        } else if (main == null) {
            main = type;
        } else {
            problems.add(Rule.TWO_MAINS, workload.site("main"), main, type);
        }
    }
}
