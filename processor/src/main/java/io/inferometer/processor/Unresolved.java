package io.inferometer.processor;

import io.inferometer.processor.declaration.Declared;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Tells whether a workload names anything that is not there. Another processor may still write it; in the end javac
 * reports it.
 */
final class Unresolved {
    private Unresolved() {}

    static boolean in(Lineage lineage) {
        return !lineage.complete() || lineage.nearestFirst().stream().anyMatch(type -> inClass(type, lineage));
    }

    private static boolean inClass(TypeElement type, Lineage lineage) {
        return inAnnotations(type) || type.getEnclosedElements().stream().anyMatch(member -> inMember(member, lineage));
    }

    private static boolean inMember(Element member, Lineage lineage) {
        boolean ours = Declared.allOn(member).findAny().isPresent();
        return ours
                && (inAnnotations(member) || types(member, lineage).anyMatch(type -> type.getKind() == TypeKind.ERROR));
    }

    private static boolean inAnnotations(Element element) {
        return Declared.allOn(element).anyMatch(declared -> !declared.whole());
    }

    private static Stream<TypeMirror> types(Element member, Lineage lineage) {
        if (member instanceof ExecutableElement method) {
            ExecutableType type = lineage.typeOf(method);
            return Stream.of(List.of(type.getReturnType()), type.getParameterTypes(), type.getThrownTypes())
                    .flatMap(List::stream);
        }
        return Stream.of(member instanceof VariableElement field ? lineage.typeOf(field) : member.asType());
    }
}
