package io.inferometer.processor;

import io.inferometer.annotations.Workload;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** One run of javac in memory, with every warning on and the processor under test unless told otherwise. */
final class Compilation {
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final List<Processor> processors = new ArrayList<>(List.of(new WorkloadProcessor()));
    private final List<String> options = new ArrayList<>(List.of("-Xlint:all"));
    private final List<Path> classPath = new ArrayList<>(List.of(locationOf(Workload.class)));
    private final Map<String, byte[]> outputs = new TreeMap<>();
    private boolean onClassPath;

    private Compilation(List<String> sources) {
        sources.forEach(text -> this.sources.add(new Source(text)));
        classPath.add(locationOf(WorkloadBinding.class));
    }

    /** Each source is a whole file, named after its first type. */
    static Compilation of(String... sources) {
        return new Compilation(List.of(sources));
    }

    Compilation options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    Compilation processors(Processor... instead) {
        processors.clear();
        processors.addAll(List.of(instead));
        return this;
    }

    /** Compiles into the output of an earlier run, which is on the class path. */
    Compilation after(Map<String, byte[]> earlier) {
        onClassPath = true;
        return into(earlier);
    }

    /** Compiles into the output of an earlier run, which is not on the class path. */
    Compilation into(Map<String, byte[]> earlier) {
        outputs.putAll(earlier);
        return this;
    }

    /** Compiles without the runtime. */
    Compilation withoutRuntime() {
        classPath.remove(locationOf(WorkloadBinding.class));
        return this;
    }

    Compiled run() {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter text = new StringWriter();
        try (var standard = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            MemoryFiles files = new MemoryFiles(standard, outputs, onClassPath);
            JavaCompiler.CompilationTask task = javac.getTask(text, files, diagnostics, options, null, sources);
            task.setProcessors(processors);
            boolean succeeded = task.call();
            return new Compiled(succeeded, diagnostics.getDiagnostics(), files.outputs());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///sources/" + Sources.path(text)), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
