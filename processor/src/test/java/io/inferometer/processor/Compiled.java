package io.inferometer.processor;

import io.inferometer.workload.binding.WorkloadBinding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * What a run of javac left.
 *
 * @param succeeded whether it compiled
 * @param diagnostics what it said
 * @param outputs what it wrote, by path
 */
record Compiled(
        boolean succeeded, List<Diagnostic<? extends JavaFileObject>> diagnostics, Map<String, byte[]> outputs) {
    /** The errors and warnings, each as {@code File.java:line:column message}; without a place, the message alone. */
    List<String> complaints() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(Compiled::complaint)
                .toList();
    }

    private static String complaint(Diagnostic<? extends JavaFileObject> diagnostic) {
        String message = diagnostic.getMessage(null);
        if (diagnostic.getSource() == null) {
            return message;
        }
        String file = diagnostic.getSource().getName().replaceFirst(".*/", "");
        return file + ":" + diagnostic.getLineNumber() + ":" + diagnostic.getColumnNumber() + " " + message;
    }

    /** A file that was written, as text. */
    String text(String path) {
        return new String(outputs.get(path), StandardCharsets.UTF_8);
    }

    /** The lines of the service index; none where there is no index. */
    List<String> index() {
        byte[] index = outputs.getOrDefault(ServiceIndex.PATH, new byte[0]);
        return Arrays.asList(new String(index, StandardCharsets.UTF_8).split("\n"));
    }

    /** The binding of a workload, loaded. */
    WorkloadBinding<?> binding(String name) {
        try {
            return (WorkloadBinding<?>)
                    loader().loadClass(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    ClassLoader loader() {
        return new ClassLoader(Compiled.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = outputs.get(name.replace('.', '/') + ".class");
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
