package io.inferometer.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * The type of a parameter field, and which texts are values of it: the same texts that the runtime's {@code ParamType}
 * accepts.
 */
sealed interface ParamKind {
    record Text() implements ParamKind {}

    record Flag() implements ParamKind {}

    record Int() implements ParamKind {}

    record Long() implements ParamKind {}

    record Decimal() implements ParamKind {}

    record Choice(TypeElement type, List<String> constants) implements ParamKind {}

    /** The kind of a field's type; empty where a parameter cannot have it. */
    static Optional<ParamKind> of(TypeMirror type) {
        return switch (type.getKind()) {
            case BOOLEAN -> Optional.of(new Flag());
            case INT -> Optional.of(new Int());
            case LONG -> Optional.of(new Long());
            case DOUBLE -> Optional.of(new Decimal());
            case DECLARED -> ofClass((TypeElement) ((DeclaredType) type).asElement());
            default -> Optional.empty();
        };
    }

    private static Optional<ParamKind> ofClass(TypeElement type) {
        if (type.getQualifiedName().contentEquals(String.class.getName())) {
            return Optional.of(new Text());
        } else if (type.getKind() != ElementKind.ENUM) {
            return Optional.empty();
        }
        List<String> constants = type.getEnclosedElements().stream()
                .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element::getSimpleName)
                .map(Object::toString)
                .toList();
        return Optional.of(new Choice(type, constants));
    }

    /** The value that a text stands for; empty where it is no value of this kind. Equal values make equal trials. */
    default Optional<Object> parse(String text) {
        try {
            if (this instanceof Flag) {
                return Optional.<Object>of(text).filter(value -> value.equals("true") || value.equals("false"));
            } else if (this instanceof Int) {
                return Optional.of(Integer.valueOf(text));
            } else if (this instanceof Long) {
                return Optional.of(java.lang.Long.valueOf(text));
            } else if (this instanceof Decimal) {
                return Optional.<Object>of(Double.valueOf(text)).filter(value -> Double.isFinite((Double) value));
            } else if (this instanceof Choice choice) {
                return Optional.<Object>of(text).filter(choice.constants()::contains);
            }
            return Optional.of(text);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What a value has to be, for a message. */
    default String expectation() {
        if (this instanceof Flag) {
            return "true or false";
        } else if (this instanceof Int) {
            return "a whole number of 32 bits";
        } else if (this instanceof Long) {
            return "a whole number of 64 bits";
        } else if (this instanceof Decimal) {
            return "a finite number";
        } else if (this instanceof Choice choice) {
            return "one of " + String.join(", ", choice.constants());
        }
        return "a text";
    }

    /** The method of the runtime's {@code ParamValues} that returns a value of this kind. */
    default String accessor() {
        if (this instanceof Flag) {
            return "flag";
        } else if (this instanceof Int) {
            return "intValue";
        } else if (this instanceof Long) {
            return "longValue";
        } else if (this instanceof Decimal) {
            return "decimal";
        }
        return this instanceof Choice ? "choice" : "text";
    }
}
