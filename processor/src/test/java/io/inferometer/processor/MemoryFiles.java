package io.inferometer.processor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** Files that javac writes, held in memory by their path; on the class path too where asked for. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> outputs;
    private final boolean onClassPath;

    MemoryFiles(JavaFileManager standard, Map<String, byte[]> earlier, boolean onClassPath) {
        super(standard);
        this.onClassPath = onClassPath;
        outputs = new TreeMap<>(earlier);
    }

    Map<String, byte[]> outputs() {
        return Map.copyOf(outputs);
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.CLASS_OUTPUT || super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        super.list(location, packageName, kinds, recurse).forEach(files::add);
        if (onClassPath && location == StandardLocation.CLASS_PATH && kinds.contains(JavaFileObject.Kind.CLASS)) {
            String folder = packageName.replace('.', '/') + "/";
            outputs.keySet().stream()
                    .filter(path -> path.endsWith(".class") && path.lastIndexOf('/') == folder.length() - 1)
                    .filter(path -> path.startsWith(folder))
                    .forEach(path -> files.add(new MemoryFile(path, JavaFileObject.Kind.CLASS)));
        }
        return files;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof MemoryFile memory
                ? memory.path.replaceFirst("\\.class$", "").replace('/', '.')
                : super.inferBinaryName(location, file);
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String relativeName) throws IOException {
        String path = path(packageName, relativeName);
        if (!outputs.containsKey(path)) {
            throw new NoSuchFileException(path);
        }
        return new MemoryFile(path, JavaFileObject.Kind.OTHER);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return new MemoryFile(className.replace('.', '/') + kind.extension, kind);
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling) {
        return new MemoryFile(path(packageName, relativeName), JavaFileObject.Kind.OTHER);
    }

    private static String path(String packageName, String relativeName) {
        return packageName.isEmpty() ? relativeName : packageName.replace('.', '/') + "/" + relativeName;
    }

    private final class MemoryFile extends SimpleJavaFileObject {
        private final String path;

        MemoryFile(String path, Kind kind) {
            super(URI.create("memory:///outputs/" + path), kind);
            this.path = path;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            if (!outputs.containsKey(path)) {
                throw new NoSuchFileException(path);
            }
            return new ByteArrayInputStream(outputs.get(path));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            return new String(openInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    outputs.put(path, toByteArray());
                }
            };
        }
    }
}
