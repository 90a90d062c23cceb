package io.inferometer.processor.binding;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * The type of a parameter field, and which texts are values of it: the same texts that the runtime's {@code ParamType}
 * accepts.
 *
 * @param name what the runtime's {@code ParamType} calls it
 * @param accessor the method of the runtime's {@code ParamValues} that returns a value of this kind
 * @param expectation what a value has to be, for a message
 * @param value the value of a text; null, or a {@link NumberFormatException}, where it has none
 * @param enumType the enum whose constants are the values, where it is one
 */
public record ParamKind(
        String name,
        String accessor,
        String expectation,
        Function<String, Object> value,
        Optional<TypeElement> enumType) {
    static final ParamKind TEXT = plain("Text", "text", "a text", text -> text);
    static final ParamKind FLAG = plain(
            "Flag", "flag", "true or false", text -> List.of("true", "false").contains(text) ? text : null);
    static final ParamKind INT = plain("Int", "intValue", "a whole number of 32 bits", Integer::valueOf);
    static final ParamKind LONG = plain("Long", "longValue", "a whole number of 64 bits", Long::valueOf);
    static final ParamKind DECIMAL = plain(
            "Decimal",
            "decimal",
            "a finite number",
            text -> Double.isFinite(Double.parseDouble(text)) ? Double.valueOf(text) : null);

    private static ParamKind plain(String name, String accessor, String expectation, Function<String, Object> value) {
        return new ParamKind(name, accessor, expectation, value, Optional.empty());
    }

    static ParamKind choice(TypeElement type, List<String> constants) {
        return new ParamKind(
                "Choice",
                "choice",
                "one of " + String.join(", ", constants),
                text -> constants.contains(text) ? text : null,
                Optional.ofNullable(type));
    }

    /** The kind of a field's type; empty where a parameter cannot have it. */
    public static Optional<ParamKind> of(TypeMirror type) {
        return switch (type.getKind()) {
            case BOOLEAN -> Optional.of(FLAG);
            case INT -> Optional.of(INT);
            case LONG -> Optional.of(LONG);
            case DOUBLE -> Optional.of(DECIMAL);
            case DECLARED -> ofClass((TypeElement) ((DeclaredType) type).asElement());
            default -> Optional.empty();
        };
    }

    private static Optional<ParamKind> ofClass(TypeElement type) {
        if (type.getQualifiedName().contentEquals(String.class.getName())) {
            return Optional.of(TEXT);
        } else if (type.getKind() != ElementKind.ENUM) {
            return Optional.empty();
        }
        List<String> constants = type.getEnclosedElements().stream()
                .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element::getSimpleName)
                .map(Object::toString)
                .toList();
        return Optional.of(choice(type, constants));
    }

    /** The value that a text stands for; empty where it is no value of this kind. Equal values make equal trials. */
    public Optional<Object> parse(String text) {
        try {
            return Optional.ofNullable(value.apply(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
