package io.inferometer.processor.declaration;

import java.util.Comparator;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The place in the source that a problem points at, as exact as it is known.
 *
 * @param element the class or member
 * @param annotation the annotation on it, or null
 * @param value the value in that annotation, or null
 */
public record Site(Element element, AnnotationMirror annotation, AnnotationValue value) {
    /** The order of the source within one class: the class before its members, annotations before what they stand on. */
    static final Comparator<Site> IN_CLASS =
            Comparator.comparingInt(Site::memberIndex).thenComparingInt(Site::annotationIndex);

    /** The place of a class or member, none of its annotations. */
    public static Site of(Element element) {
        return new Site(element, null, null);
    }

    /** The class that it is in. */
    Element owner() {
        return element instanceof TypeElement ? element : element.getEnclosingElement();
    }

    private int memberIndex() {
        return owner().getEnclosedElements().indexOf(element);
    }

    private int annotationIndex() {
        int index = Declared.allOn(element)
                .map(declared -> declared.site().annotation())
                .toList()
                .indexOf(annotation);
        return index < 0 ? Integer.MAX_VALUE : index;
    }
}
