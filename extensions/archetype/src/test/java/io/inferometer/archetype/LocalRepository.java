package io.inferometer.archetype;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository with what this build made, as {@code mvn install} leaves it. All that is of others is the user's own
 * local repository, by links, so nothing is loaded twice; nothing of ours gets there.
 */
record LocalRepository(Path dir) {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("project.version");

    /** Makes it anew. */
    static LocalRepository installed() throws IOException {
        Path dir = Path.of("target", "repository").toAbsolutePath();
        delete(dir);
        Path users = Path.of(System.getProperty("maven.repository"));
        link(users, dir, "io");
        link(users.resolve("io"), dir.resolve("io"), "inferometer");
        LocalRepository repository = new LocalRepository(dir);
        repository.installPom("inferometer-parent", ROOT);
        for (String module : List.of("annotations", "processor", "runtime", "extensions/bom", "extensions/archetype")) {
            repository.install(ROOT.resolve(module));
        }
        return repository;
    }

    private static void delete(Path dir) throws IOException {
        if (Files.exists(dir)) {
            Files.walkFileTree(dir, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /** Links to all that a folder holds but one, which is to be a folder of its own. */
    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path entry : all.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(except)) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    private void install(Path module) throws IOException {
        String artifact = "inferometer-" + module.getFileName();
        installPom(artifact, module);
        Path jar = module.resolve("target").resolve(artifact + "-" + VERSION + ".jar");
        if (!artifact.equals("inferometer-bom")) {
            Files.copy(jar, place(artifact, ".jar"));
        }
    }

    private void installPom(String artifact, Path module) throws IOException {
        Path place = place(artifact, ".pom");
        Files.createDirectories(place.getParent());
        Files.copy(module.resolve("pom.xml"), place);
    }

    private Path place(String artifact, String ending) {
        return dir.resolve("io/inferometer")
                .resolve(artifact)
                .resolve(VERSION)
                .resolve(artifact + "-" + VERSION + ending);
    }
}
