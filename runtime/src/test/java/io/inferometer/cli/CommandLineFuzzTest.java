package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inferometer.cli.options.ParseErrors;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.service.Providers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Any words are a plan, a request for help, or a usage error of one line. */
class CommandLineFuzzTest {
    private static final Planner PLANNER = new Planner(
            Providers.of(List.of(new FakeBinding(CommandLineRun.HELLO), new FakeBinding(CommandLineRun.OTHER))),
            name -> null,
            Clock.fixed(Instant.parse("2026-11-21T10:11:12Z"), ZoneOffset.UTC));

    @FuzzTest
    void plansOrComplainsInOneLine(byte[] bytes) {
        List<String> words = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
        RunCommand run = new RunCommand((plan, report, forked) -> {
            throw new IllegalStateException("nothing is run");
        });
        try {
            if (!ParseErrors.parse(Main.commandLine(run), words).isUsageHelpRequested()) {
                assertThat(PLANNER.plan(run.options()).trials()).isNotEmpty();
            }
        } catch (UsageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
