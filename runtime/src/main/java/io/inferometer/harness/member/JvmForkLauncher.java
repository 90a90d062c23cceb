package io.inferometer.harness.member;

import io.inferometer.simulator.OwnClasses;
import io.inferometer.workload.binding.Forks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts forks in JVMs like this one; keys reach them as they reached this process, in the environment.
 */
public final class JvmForkLauncher implements ForkLauncher {
    private static final Path SHELL = Path.of("/bin/sh");

    /** Options that can't be given to two JVMs, or that would measure something else in the second. */
    private static final List<String> NOT_INHERITED =
            List.of("-agentlib:", "-agentpath:", "-javaagent:", "-XX:ArchiveClassesAtExit=");

    private final Class<?> mainClass;
    private final Map<String, String> variables;
    private final Words words;

    /**
     * @param mainClass the class that the command line is given to
     * @param variables variables that a fork gets beside those of this process
     * @param words the command line of a fork
     */
    public JvmForkLauncher(Class<?> mainClass, Map<String, String> variables, Words words) {
        this.mainClass = mainClass;
        this.variables = Map.copyOf(variables);
        this.words = words;
    }

    /** What the command line of a fork is made of. */
    @FunctionalInterface
    public interface Words {
        /**
         * {@return the words that ask for the same plan, and for a share of one fork of a trial of it}
         *
         * @param share which part of which fork
         */
        List<String> of(Share share);
    }

    @Override
    public Process start(Share share) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(share)).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        return builder.start();
    }

    List<String> command(Share share) {
        Forks forks = share.trial().forks();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            // A terminal's interrupt is for the parent, which ends the fork when its requests have ended.
            command.addAll(List.of(SHELL.toString(), "-c", "trap '' INT; exec \"$@\"", "fork"));
        }
        command.add(java(forks));
        command.addAll(options(forks));
        command.addAll(OwnClasses.wordsFor(mainClass));
        command.addAll(words.of(share));
        return command;
    }

    private static String java(Forks forks) {
        Path home = Path.of(System.getProperty("java.home"));
        if (!forks.jvm().isEmpty()) {
            Path given = Path.of(forks.jvm());
            if (!Files.isDirectory(given)) {
                return forks.jvm();
            }
            home = given;
        }
        return home.resolve(Path.of("bin", "java")).toString();
    }

    private static List<String> options(Forks forks) {
        Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith));
        return forks.jvmArgs().isEmpty() ? own.toList() : forks.jvmArgs();
    }
}
