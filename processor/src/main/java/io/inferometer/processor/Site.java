package io.inferometer.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * The place in the source that a problem points at, as exact as it is known.
 *
 * @param element the class or member
 * @param annotation the annotation on it, or null
 * @param value the value in that annotation, or null
 */
record Site(Element element, AnnotationMirror annotation, AnnotationValue value) {
    static Site of(Element element) {
        return new Site(element, null, null);
    }
}
