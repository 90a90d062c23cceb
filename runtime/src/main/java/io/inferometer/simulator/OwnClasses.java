package io.inferometer.simulator;

import java.util.ArrayList;
import java.util.List;

/** Tells a child JVM where the classes of this one are: on its class path, its module path, or both. */
public final class OwnClasses {
    private OwnClasses() {}

    /** The words of a {@code java} command between its options and the arguments of a main class of ours. */
    public static List<String> wordsFor(Class<?> main) {
        List<String> words = new ArrayList<>();
        String classPath = System.getProperty("java.class.path", "");
        Module module = main.getModule();
        if (!module.isNamed()) {
            return List.of("-cp", classPath, main.getName());
        }
        if (!classPath.isEmpty()) {
            words.addAll(List.of("-cp", classPath));
        }
        words.addAll(List.of("-p", System.getProperty("jdk.module.path")));
        // Workloads are in the module that was started, or in one that it requires.
        String root = System.getProperty("jdk.module.main");
        words.addAll(List.of("--add-modules", root == null ? "ALL-DEFAULT" : root + ",ALL-DEFAULT"));
        words.addAll(List.of("-m", module.getName() + '/' + main.getName()));
        return words;
    }
}
