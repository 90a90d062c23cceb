package io.inferometer.harness.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.cli.CommandLineRun;
import io.inferometer.cli.Main;
import io.inferometer.cli.RunCommandTest;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JvmForkLauncherTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Path JOURNAL = Path.of("/tmp/run.fork2.journal.jsonl");

    private final CommandLineRun line = new CommandLineRun();

    @Test
    void aForkIsToldTheCommandLineAndWhichForkItIs() {
        Trial trial = trial("-f", "3", "-jvm", "/opt/jdk-25", "-jvmArgs", "-Xmx1g -XX:+UseZGC");

        List<String> command = forks("Hello", "-f", "3").command(share(trial, 1, 7_000_000_000L));

        assertThat(command)
                .containsSubsequence("/opt/jdk-25", "-Xmx1g", "-XX:+UseZGC", "-cp", Main.class.getName(), "run")
                .endsWith(
                        "--forked-trial",
                        "0",
                        "--forked-started",
                        "2026-11-21T12:00:00Z",
                        "--forked-number",
                        "1",
                        "--forked-journal",
                        JOURNAL.toString(),
                        "--forked-clock",
                        command.get(command.size() - 4),
                        "Hello",
                        "-f",
                        "3");
    }

    @Test
    void theTimesOfAForkCountFromTheRunsTimeZeroHoweverLongItsJvmTakesToStart() {
        long origin = System.nanoTime() - 7_000_000_000L;
        List<String> command = forks("-p", "isl=1", "-f", "3").command(share(trial("-f", "3"), 1, origin));

        line.run(command.subList(command.indexOf("run") + 1, command.size()).toArray(String[]::new));

        assertThat(line.plan.files().earlier().origin()).isPresent();
        // Elsewhere than on Linux, by the wall clock.
        assertThat(line.plan.files().earlier().origin().getAsLong()).isCloseTo(origin, within(500_000_000L));
    }

    @Test
    void aForkRunsOneTrialInItsOwnJvmAndKeepsAJournalAlone() {
        line.env("HELLO_KEY", "s3cr3t");
        Plan plan = plan("-f", "3", "--concurrency", "4,8");

        Plan forked = plan.forked(1, 2, Split.ALONE, JOURNAL, 7_000_000_000L, Optional.empty());

        assertThat(forked.trials()).hasSize(1);
        assertThat(forked.trials().get(0).index()).isEqualTo(1);
        assertThat(forked.trials().get(0).fork()).isEqualTo(2);
        assertThat(forked.trials().get(0).forks().count()).isZero();
        assertThat(forked.trials().get(0).schedule().load())
                .isEqualTo(plan.trials().get(1).schedule().load());
        assertThat(forked.files().results()).isEmpty();
        assertThat(forked.files().journal()).contains(JOURNAL);
        assertThat(forked.resumes()).isFalse();
        assertThat(forked.files().earlier())
                .isEqualTo(new Plan.Earlier(Optional.empty(), OptionalLong.of(7_000_000_000L)));
        assertThat(forks().command(share(plan.trials().get(1), 2, 0))).noneMatch(word -> word.contains("s3cr3t"));
    }

    @Test
    void aForkOfARunThatIsGoneOnWithReadsItsJournalAndWritesAnother() {
        line.run("-p", "isl=1", "-f", "3", "--resume", "run.journal.jsonl");
        Plan plan = line.plan;

        Plan forked = plan.forked(0, 1, Split.ALONE, JOURNAL, 5, Optional.empty());

        assertThat(plan.resumes()).isTrue();
        assertThat(forked.resumes()).isFalse();
        assertThat(forked.files().earlier().journal()).contains(Path.of("run.journal.jsonl"));
        assertThat(forked.files().journal()).contains(JOURNAL);
    }

    @Test
    void optionsOfForksNeedForks() {
        assertThat(line.run(RunCommandTest.one("-jvmArgs", "-Xmx1g"))).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: -jvmArgs -Xmx1g: there is no fork to run with it; -f N makes some\n");
    }

    @Test
    void noForksAtAllNeedNoneOfTheirOptions() {
        assertThat(line.run(RunCommandTest.one("-f", "0", "-jvmArgs", "-Xmx1g", "-jvm", "java")))
                .isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.plan.trials().get(0).forks().count()).isZero();
    }

    private static Share share(Trial trial, int fork, long origin) {
        return new Share(trial, fork, Split.ALONE, AT, JOURNAL, origin, Optional.empty(), Map.of());
    }

    private static JvmForkLauncher forks(String... arguments) {
        return (JvmForkLauncher) Main.forks(trial -> List.of(arguments), Map.of());
    }

    private Trial trial(String... more) {
        return plan(more).trials().get(0);
    }

    private Plan plan(String... more) {
        line.run(RunCommandTest.one(more));
        return line.plan;
    }
}
