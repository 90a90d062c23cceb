package io.inferometer.processor;

import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/** Puts elements and types into the words of a message. */
final class Wording {
    private Wording() {}

    /** A field as {@code Chat.isl}, a method as {@code Chat.next(RequestContext)}. */
    static String member(Element member) {
        String name = member.getEnclosingElement().getSimpleName() + "." + member.getSimpleName();
        if (member instanceof ExecutableElement method) {
            return method.getParameters().stream()
                    .map(parameter -> type(parameter.asType()))
                    .collect(Collectors.joining(", ", name + "(", ")"));
        }
        return name;
    }

    /** A type without its packages: {@code List<String>}. */
    static String type(TypeMirror type) {
        return type.toString().replaceAll("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])", "");
    }

    /** A noun with its article. */
    static String a(String noun) {
        return ("AEIOaeio".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /** How far a member can be seen. */
    static String visibility(Element member) {
        return member.getModifiers().contains(Modifier.PROTECTED) ? "protected" : "package-private";
    }

    /** What kind of type an element is. */
    static String kind(Element type) {
        return switch (type.getKind()) {
            case INTERFACE -> "an interface";
            case ANNOTATION_TYPE -> "an annotation type";
            case ENUM -> "an enum";
            case RECORD -> "a record";
            default -> "a class";
        };
    }
}
