package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import io.inferometer.annotations.Workload;
import io.inferometer.processor.binding.BindingWriter;
import io.inferometer.processor.binding.RuntimeTypes;
import io.inferometer.processor.declaration.Declared;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The list of bindings that ServiceLoader reads.
 *
 * <p>A compile of some classes only, as build tools and editors do after a change, sees some workloads only: the bindings
 * of the others are taken from the list of the last compile, as long as they and their workloads are still there.
 */
final class ServiceIndex {
    static final String PATH = "META-INF/services/" + RuntimeTypes.WORKLOAD_BINDING.canonicalName();

    private final Filer filer;
    private final Elements elements;

    ServiceIndex(Filer filer, Elements elements) {
        this.filer = filer;
        this.elements = elements;
    }

    /**
     * Writes the index, sorted; an old one is left alone where nothing changes in it.
     *
     * @param written the bindings of this compile, and their workloads
     * @return the bindings that it lists
     */
    SortedSet<String> write(SortedMap<String, TypeElement> written) throws IOException {
        List<String> earlier = earlier();
        SortedSet<String> bindings = new TreeSet<>(written.keySet());
        earlier.stream().filter(this::isCurrent).forEach(bindings::add);
        if (!earlier.equals(List.copyOf(bindings))) {
            TypeElement[] workloads = written.values().toArray(TypeElement[]::new);
            try (OutputStream file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", PATH, workloads)
                    .openOutputStream()) {
                file.write(bindings.stream()
                        .map(binding -> binding + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return bindings;
    }

    /** The bindings of the last compile into the same output; none where there was none. */
    private List<String> earlier() {
        try (InputStream file =
                filer.getResource(StandardLocation.CLASS_OUTPUT, "", PATH).openInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private boolean isCurrent(String binding) {
        TypeElement type = elements.getTypeElement(binding);
        if (type != null) {
            return bindsWorkload(type);
        }
        return isCompiled(binding)
                && (!binding.endsWith(BindingWriter.SUFFIX)
                        || hasWorkload("", binding.substring(0, binding.length() - BindingWriter.SUFFIX.length())));
    }

    /** Whether there is the workload of a binding, whose name says {@code _} for {@code _}, or for nesting. */
    private boolean hasWorkload(String outer, String name) {
        String workload = outer + name;
        TypeElement type = elements.getTypeElement(workload.replace('$', '.'));
        if (type == null ? isCompiled(workload) : isWorkload(type)) {
            return true;
        }
        for (int i = name.indexOf('_', name.lastIndexOf('.') + 2); i > 0; i = name.indexOf('_', i + 1)) {
            if (hasWorkload(outer + name.substring(0, i) + '$', name.substring(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a class file; the last compile's output need not be on this one's class path. */
    private boolean isCompiled(String className) {
        try {
            String file = className.replace('.', '/') + ".class";
            filer.getResource(StandardLocation.CLASS_OUTPUT, "", file)
                    .openInputStream()
                    .close();
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    /** Whether a binding's class is there and, unless the binding was written by hand, still a workload. */
    private static boolean bindsWorkload(TypeElement binding) {
        Optional<? extends TypeMirror> bound = binding.getInterfaces().stream()
                .filter(DeclaredType.class::isInstance)
                .map(DeclaredType.class::cast)
                .filter(type -> type.asElement().toString().equals(RuntimeTypes.WORKLOAD_BINDING.canonicalName()))
                .flatMap(type -> type.getTypeArguments().stream())
                .findFirst();
        if (bound.isEmpty()) {
            return true;
        } else if (bound.get().getKind() != TypeKind.DECLARED) {
            return false;
        }
        TypeElement workload = (TypeElement) ((DeclaredType) bound.get()).asElement();
        boolean ours = BindingWriter.bindingOf(workload).equals(ClassName.get(binding));
        return !ours || isWorkload(workload);
    }

    private static boolean isWorkload(TypeElement type) {
        return Declared.on(type, Workload.class).isPresent();
    }
}
