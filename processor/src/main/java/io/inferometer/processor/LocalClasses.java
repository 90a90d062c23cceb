package io.inferometer.processor;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.inferometer.annotations.Workload;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Finds workloads among the classes that are declared within code, which no annotation processor is shown: javac tells of
 * them when it has looked into the code, after processing. Where the compiler is not javac they stay unseen.
 */
final class LocalClasses implements TaskListener {
    private final Trees trees;
    private final Consumer<Problems> report;

    private LocalClasses(Trees trees, Consumer<Problems> report) {
        this.trees = trees;
        this.report = report;
    }

    /**
     * Begins to look.
     *
     * @param report takes the problems of each class that is compiled
     */
    static void watch(ProcessingEnvironment environment, Consumer<Problems> report) {
        try {
            JavacTask.instance(environment).addTaskListener(new LocalClasses(Trees.instance(environment), report));
        } catch (IllegalArgumentException | LinkageError notJavac) {
            // Nothing is lost but this one check.
        }
    }

    @Override
    public void finished(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        TreePath path = event.getKind() == TaskEvent.Kind.ANALYZE && type != null ? trees.getPath(type) : null;
        if (path != null) {
            Problems problems = new Problems();
            new Scanner(problems).scan(path, null);
            report.accept(problems);
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final Problems problems;

        Scanner(Problems problems) {
            this.problems = problems;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (isLocal() && trees.getElement(getCurrentPath()) instanceof TypeElement type) {
                Declared.on(type, Workload.class)
                        .ifPresent(
                                workload -> problems.add(Rule.LOCAL_WORKLOAD, workload.site(), type.getSimpleName()));
            }
            return super.visitClass(tree, nothing);
        }

        /** Whether anything but classes is around the class. */
        private boolean isLocal() {
            return StreamSupport.stream(getCurrentPath().spliterator(), false)
                    .anyMatch(tree -> !(tree instanceof ClassTree || tree instanceof CompilationUnitTree));
        }
    }
}
