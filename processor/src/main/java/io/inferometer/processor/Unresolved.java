package io.inferometer.processor;

import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Tells whether a workload names anything that is not there. Another processor may still write it; in the end javac
 * reports it.
 */
final class Unresolved {
    private Unresolved() {}

    static boolean in(Lineage lineage) {
        return !lineage.complete() || lineage.nearestFirst().stream().anyMatch(Unresolved::inClass);
    }

    private static boolean inClass(TypeElement type) {
        return inAnnotations(type) || type.getEnclosedElements().stream().anyMatch(Unresolved::inMember);
    }

    private static boolean inMember(Element member) {
        boolean ours = Declared.allOn(member).findAny().isPresent();
        return ours && (inAnnotations(member) || types(member).anyMatch(type -> type.getKind() == TypeKind.ERROR));
    }

    private static boolean inAnnotations(Element element) {
        return Declared.allOn(element).anyMatch(declared -> !declared.whole());
    }

    private static Stream<TypeMirror> types(Element member) {
        if (member instanceof ExecutableElement method) {
            return Stream.of(
                            List.of(method.getReturnType()),
                            method.getParameters().stream().map(Element::asType).toList(),
                            method.getThrownTypes())
                    .flatMap(List::stream);
        }
        return Stream.of(member.asType());
    }
}
