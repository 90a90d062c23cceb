package io.inferometer.processor.declaration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic;

/**
 * Prints errors at annotations that are written several times on one class.
 *
 * <p>The language model shows them inside a container that stands nowhere in the source, so the compiler's messager points
 * at the class. The compiler's tree has the exact place; where the compiler is not javac there is no such tree.
 */
final class RepeatedAnnotations {
    private final Optional<Trees> trees;

    private RepeatedAnnotations(Optional<Trees> trees) {
        this.trees = trees;
    }

    static RepeatedAnnotations of(ProcessingEnvironment environment) {
        try {
            return new RepeatedAnnotations(Optional.of(Trees.instance(environment)));
        } catch (IllegalArgumentException | LinkageError notJavac) {
            return new RepeatedAnnotations(Optional.empty());
        }
    }

    /** Prints a problem at a repeated annotation; false where it is not at one, or its place is not known. */
    boolean print(Problem problem) {
        Site site = problem.site();
        AnnotationMirror annotation = site.annotation();
        if (trees.isEmpty()
                || annotation == null
                || site.element().getAnnotationMirrors().contains(annotation)) {
            return false;
        }
        Optional<TreePath> path = Optional.ofNullable(trees.get().getPath(site.element()));
        Optional<Tree> place = path.flatMap(found -> annotationTree(found, site))
                .map(tree -> site.value() == null ? tree : valueTree(tree, annotation, site.value()));
        place.ifPresent(tree -> trees.get()
                .printMessage(
                        Diagnostic.Kind.ERROR,
                        problem.message(),
                        tree,
                        path.get().getCompilationUnit()));
        return place.isPresent();
    }

    /** The annotation's tree: the one at its position among those of its type. */
    private Optional<AnnotationTree> annotationTree(TreePath type, Site site) {
        Element annotationType = site.annotation().getAnnotationType().asElement();
        List<? extends AnnotationTree> written = ((ClassTree) type.getLeaf())
                .getModifiers().getAnnotations().stream()
                        .filter(tree -> annotationType.equals(trees.get().getElement(typePath(type, tree))))
                        .toList();
        int position = position(site);
        return position < written.size() ? Optional.of(written.get(position)) : Optional.empty();
    }

    private static TreePath typePath(TreePath type, AnnotationTree annotation) {
        return new TreePath(new TreePath(type, annotation), annotation.getAnnotationType());
    }

    private static int position(Site site) {
        List<AnnotationMirror> repeated = Declared.allOn(site.element())
                .map(declared -> declared.site().annotation())
                .filter(mirror ->
                        mirror.getAnnotationType().equals(site.annotation().getAnnotationType()))
                .toList();
        return repeated.indexOf(site.annotation());
    }

    private static Tree valueTree(AnnotationTree tree, AnnotationMirror annotation, AnnotationValue value) {
        String name = annotation.getElementValues().entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(entry ->
                        ((ExecutableElement) entry.getKey()).getSimpleName().toString())
                .findFirst()
                .orElse("");
        return tree.getArguments().stream()
                .filter(AssignmentTree.class::isInstance)
                .map(AssignmentTree.class::cast)
                .filter(argument -> argument.getVariable().toString().equals(name))
                .<Tree>map(AssignmentTree::getExpression)
                .findFirst()
                .orElse(tree);
    }
}
