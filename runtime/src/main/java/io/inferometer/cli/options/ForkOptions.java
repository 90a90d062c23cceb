package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** In which client JVMs a trial runs. */
public final class ForkOptions extends SettingOptions {
    @Option(
            order = 1,
            names = {"-f", "--forks"},
            paramLabel = "N",
            description = "Run each trial in N fresh client JVMs, one after the other, and take their results together."
                    + " Default: 0, in this JVM.")
    void forks(String text) {
        give(Setting.FORKS, text);
    }

    @Option(
            order = 2,
            names = "-jvm",
            paramLabel = "JAVA",
            description = "The java command of the forks. Default: this JVM's.")
    void jvm(String text) {
        give(Setting.JVM, text);
    }

    @Option(
            order = 3,
            names = "-jvmArgs",
            paramLabel = "'OPTION...'",
            description = "The options of the forks' JVMs, as in '-Xmx1g -XX:+UseZGC'. Default: this JVM's.")
    void jvmArgs(String text) {
        give(Setting.JVM_ARGS, text);
    }
}
