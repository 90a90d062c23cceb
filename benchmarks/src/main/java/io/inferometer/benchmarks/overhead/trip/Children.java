package io.inferometer.benchmarks.overhead.trip;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The JVMs that were started and have not ended; they end with this one, by Ctrl-C too. */
public final class Children implements AutoCloseable {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final Thread hook;

    /** @param interrupted called when this JVM is ended before {@link #close}, before they are */
    public Children(Runnable interrupted) {
        hook = new Thread(
                () -> {
                    interrupted.run();
                    destroy();
                },
                "overhead-children");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a main class of this JVM's class path, in a directory. What it says on standard error is passed on. */
    Process start(Path directory, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", absoluteClassPath(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Options meant for this JVM: agents, debuggers, a heap of its size.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        running.add(process);
        process.onExit().thenAccept(running::remove);
        return process;
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private void destroy() {
        running.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() {
        destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going already, and the hook has run.
        }
    }
}
