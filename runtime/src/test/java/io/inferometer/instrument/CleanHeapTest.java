package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** In JVMs of its own: what is asked of one holds for all that runs in it. */
final class CleanHeapTest {
    @Test
    void collectsAndKeepsTheMemoryForTheNextIteration() throws Exception {
        assertThat(inAJvm()).contains("unasked: 0", "asked: 1", "free: 99");
    }

    @Test
    void leavesAJvmItsShareThatWasToldOne() throws Exception {
        assertThat(inAJvm("-XX:MaxHeapFreeRatio=55")).contains("asked: 1", "free: 55");
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

    /** Collects before and after it is asked to, and prints how often that was done and what holds there. */
    static final class Asked {
        public static void main(String[] args) throws Exception {
            long before = whole();
            CleanHeap.collect();
            System.out.println("unasked: " + (whole() - before));
            CleanHeap.keep();
            CleanHeap.collect();
            System.out.println("asked: " + (whole() - before));
            Object option = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {"MaxHeapFreeRatio"},
                            new String[] {String.class.getName()});
            System.out.println("free: " + ((CompositeData) option).get("value"));
        }

        private static long whole() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(it -> it.getName().contains("Old") || it.getName().contains("MarkSweep"))
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }
}
