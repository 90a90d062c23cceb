package io.inferometer.processor.declaration;

import io.inferometer.annotations.Env;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * One of our annotations where it stands: its values, written or by default, and their places in the source.
 *
 * <p>A value that javac could not resolve makes the annotation not {@link #whole}; its values must not be asked for then.
 */
public final class Declared {
    private static final String OURS = Env.class.getPackageName() + ".";

    private final Element element;
    private final AnnotationMirror mirror;
    private final Map<String, AnnotationValue> written = new HashMap<>();
    private final Map<String, AnnotationValue> values = new HashMap<>();
    private boolean whole = true;

    private Declared(Element element, AnnotationMirror mirror) {
        this.element = element;
        this.mirror = mirror;
        mirror.getElementValues()
                .forEach((member, value) -> written.put(member.getSimpleName().toString(), value));
        for (ExecutableElement member :
                ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
            String name = member.getSimpleName().toString();
            AnnotationValue value = written.getOrDefault(name, member.getDefaultValue());
            whole &= value != null && resolved(value, member.getReturnType());
            values.put(name, value);
        }
    }

    /** The annotation of a type on an element itself, not inherited; the first where it is repeated. */
    public static Optional<Declared> on(Element element, Class<? extends Annotation> type) {
        return allOn(element).filter(declared -> declared.is(type)).findFirst();
    }

    /** All annotations of ours on an element itself, repeated ones one by one. */
    public static Stream<Declared> allOn(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> name(mirror).startsWith(OURS))
                .map(mirror -> new Declared(element, mirror))
                .flatMap(declared -> declared.isContainer() ? declared.contained() : Stream.of(declared));
    }

    /** Whether it stands nowhere in the source and holds repeated ones; such a type is nested in theirs. */
    private boolean isContainer() {
        return mirror.getAnnotationType().asElement().getEnclosingElement() instanceof TypeElement;
    }

    private Stream<Declared> contained() {
        return items("value").stream()
                .map(AnnotationValue::getValue)
                .filter(AnnotationMirror.class::isInstance)
                .map(inner -> new Declared(element, (AnnotationMirror) inner));
    }

    /** Whether it is an annotation of a type. */
    public boolean is(Class<? extends Annotation> type) {
        return name(mirror).equals(type.getCanonicalName());
    }

    private static String name(AnnotationMirror mirror) {
        return ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .toString();
    }

    /** The annotation as it is written, for messages: {@code @ClosedLoop}. */
    public String label() {
        return "@" + mirror.getAnnotationType().asElement().getSimpleName();
    }

    /** What it stands on. */
    public Element element() {
        return element;
    }

    /** Whether every value is there and of its type; javac reports it where not. */
    public boolean whole() {
        return whole;
    }

    /** Whether the value is written rather than left to its default. */
    public boolean writes(String name) {
        return written.containsKey(name);
    }

    /** A text. */
    public String text(String name) {
        return (String) values.get(name).getValue();
    }

    /** A truth. */
    public boolean flag(String name) {
        return (Boolean) values.get(name).getValue();
    }

    /** An {@code int} or a {@code long}. */
    public long number(String name) {
        return ((Number) values.get(name).getValue()).longValue();
    }

    /** A {@code double}. */
    public double decimal(String name) {
        return (Double) values.get(name).getValue();
    }

    /** The name of an enum's constant. */
    public String constant(String name) {
        return ((VariableElement) values.get(name).getValue()).getSimpleName().toString();
    }

    /** The values of an array. */
    public List<AnnotationValue> items(String name) {
        return list(values.get(name));
    }

    /** The place of the annotation. */
    public Site site() {
        return new Site(element, mirror, null);
    }

    /** The place of a value; of the annotation, where the value is not written. */
    public Site site(String name) {
        return new Site(element, mirror, written.get(name));
    }

    /** The place of one value of an array. */
    public Site site(AnnotationValue item) {
        return new Site(element, mirror, item);
    }

    private static boolean resolved(AnnotationValue value, TypeMirror type) {
        Object held = value.getValue();
        return switch (type.getKind()) {
            case BOOLEAN -> held instanceof Boolean;
            case INT -> held instanceof Integer;
            case LONG -> held instanceof Long;
            case DOUBLE -> held instanceof Double;
            case ARRAY ->
                held instanceof List
                        && list(value).stream().allMatch(item -> resolved(item, ((ArrayType) type).getComponentType()));
            case DECLARED ->
                resolvedReference(value, ((DeclaredType) type).asElement().getKind());
            default -> false;
        };
    }

    /** An unresolved value is held as the text {@code <error>}; only a real text is printed in quotes. */
    private static boolean resolvedReference(AnnotationValue value, ElementKind type) {
        return switch (type) {
            case ENUM -> value.getValue() instanceof VariableElement;
            case ANNOTATION_TYPE -> value.getValue() instanceof AnnotationMirror;
            default -> value.getValue() instanceof String && value.toString().startsWith("\"");
        };
    }

    @SuppressWarnings("unchecked")
    private static List<AnnotationValue> list(AnnotationValue value) {
        return (List<AnnotationValue>) value.getValue();
    }
}
