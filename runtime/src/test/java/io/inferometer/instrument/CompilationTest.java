package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In JVMs of its own: what is asked of one holds for all that runs in it. */
final class CompilationTest {
    @Test
    void keepsTheOptimisingCompilerForEvents() throws Exception {
        assertThat(inAJvm()).contains("lean: true", "io/inferometer/endpoint/protocol/", "*.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:TieredStopAtLevel=4", "-XX:+TieredCompilation", "-Xint"})
    void leavesAJvmAsItIsThatWasToldHowToCompile(String option) throws Exception {
        assertThat(inAJvm(option)).contains("lean: false").doesNotContain("io/inferometer");
    }

    private static String inAJvm(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", ""),
                Asked.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Asks it of its JVM twice, and prints what holds there. */
    static final class Asked {
        public static void main(String[] args) throws Exception {
            Compilation.beLean();
            Compilation.beLean();
            System.out.println("lean: " + Compilation.isLean());
            System.out.println(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesPrint",
                            new Object[] {},
                            new String[] {}));
        }
    }
}
