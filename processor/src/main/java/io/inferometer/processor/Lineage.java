package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import io.inferometer.processor.binding.BindingWriter;
import io.inferometer.processor.declaration.Declared;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** A workload class and its superclasses, of which the nearest that declares something wins. */
final class Lineage {
    private final Elements elements;
    private final Types types;
    private final List<TypeElement> nearestFirst = new ArrayList<>();
    private final boolean complete;

    Lineage(TypeElement workload, Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
        nearestFirst.add(workload);
        TypeMirror superclass = workload.getSuperclass();
        while (superclass.getKind() == TypeKind.DECLARED) {
            TypeElement type = (TypeElement) ((DeclaredType) superclass).asElement();
            nearestFirst.add(type);
            superclass = type.getSuperclass();
        }
        complete = superclass.getKind() == TypeKind.NONE;
    }

    TypeElement workload() {
        return nearestFirst.get(0);
    }

    /** The package of the workload, where the generated class stands too. */
    PackageElement home() {
        return packageOf(workload());
    }

    /** The simple name of the generated class. */
    String binding() {
        return BindingWriter.bindingOf(workload()).simpleName();
    }

    List<TypeElement> nearestFirst() {
        return Collections.unmodifiableList(nearestFirst);
    }

    List<TypeElement> farthestFirst() {
        List<TypeElement> reversed = new ArrayList<>(nearestFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Whether every superclass is known; where not, what is missing may be declared by one of them. */
    boolean complete() {
        return complete;
    }

    /** The annotation as the nearest class declares it. */
    Optional<Declared> nearest(Class<? extends Annotation> annotation) {
        return nearestAll(annotation).stream().findFirst();
    }

    /** The annotations, where they may be repeated, as the nearest class declares them that declares any. */
    List<Declared> nearestAll(Class<? extends Annotation> annotation) {
        return nearestFirst.stream()
                .map(type -> Declared.allOn(type)
                        .filter(declared -> declared.is(annotation))
                        .toList())
                .filter(declared -> !declared.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The nearest method that overrides a method of one of the classes; the method itself where none does. */
    ExecutableElement nearestOverride(ExecutableElement method) {
        return below((TypeElement) method.getEnclosingElement())
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                .filter(other -> elements.overrides(other, method, workload()))
                .findFirst()
                .orElse(method);
    }

    /** The type of a method in the workload class: what a superclass leaves open is filled in. */
    ExecutableType typeOf(ExecutableElement method) {
        return (ExecutableType) inWorkload(method);
    }

    /** The type of a field, in the same way. */
    TypeMirror typeOf(VariableElement field) {
        return inWorkload(field);
    }

    private TypeMirror inWorkload(Element member) {
        return types.asMemberOf((DeclaredType) workload().asType(), member);
    }

    /** Whether a value is of a type that has no type arguments, as far as the compiler knows. */
    boolean isOf(TypeMirror type, ClassName name) {
        return types.erasure(type) instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(name.canonicalName());
    }

    /** Whether a class of the workload's package can use a member of the workload. */
    boolean reaches(Element member) {
        if (member.getModifiers().contains(Modifier.PUBLIC)) {
            return true;
        }
        TypeElement owner = (TypeElement) member.getEnclosingElement();
        if (member.getModifiers().contains(Modifier.PRIVATE) || !isHome(owner)) {
            return false;
        }
        // A package-private member is not inherited through a class of another package.
        return member.getModifiers().contains(Modifier.PROTECTED)
                || below(owner).allMatch(this::isHome);
    }

    /** Whether a class of the workload's package can name a type. */
    boolean names(TypeElement type) {
        for (Element outer = type; outer instanceof TypeElement; outer = outer.getEnclosingElement()) {
            if (outer.getModifiers().contains(Modifier.PRIVATE)
                    || !outer.getModifiers().contains(Modifier.PUBLIC) && !isHome(outer)) {
                return false;
            }
        }
        return true;
    }

    /** The classes nearer to the workload than one of its superclasses, nearest first. */
    Stream<TypeElement> below(TypeElement superclass) {
        return nearestFirst.subList(0, nearestFirst.indexOf(superclass)).stream();
    }

    PackageElement packageOf(Element element) {
        return elements.getPackageOf(element);
    }

    boolean isSubtype(TypeMirror type, Class<?> supertype) {
        return types.isSubtype(
                type, elements.getTypeElement(supertype.getCanonicalName()).asType());
    }

    private boolean isHome(Element element) {
        return packageOf(element).equals(home());
    }
}
