package io.inferometer.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JdkModulesTest {
    @Test
    void aWholeJdkLacksNothing() {
        assertThat(JdkModules.complaint()).isEmpty();
    }

    @Test
    void whatLacksIsNamedWithBothWaysOut() {
        assertThat(JdkModules.complaint(List.of("java.net.http", "jdk.unsupported")))
                .contains("this JVM lacks java.net.http, jdk.unsupported: write requires java.net.http; requires"
                        + " jdk.unsupported; in module-info.java, or start java with --add-modules"
                        + " java.net.http,jdk.unsupported");
    }
}
