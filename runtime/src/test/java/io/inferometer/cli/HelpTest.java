package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "list",
                "serve",
                "generate",
                "batch-job",
                "report",
                "compare",
                "ab",
                "search",
                "doctor",
                "completion"
            })
    void teaches(String subcommand) {
        CommandLineRun line = new CommandLineRun();

        int status = line.run(subcommand, "--help");

        assertThat(status).isZero();
        assertThat(line.out().lines()).allMatch(text -> text.length() <= 100);
        Golden.assertMatches("help-" + subcommand + ".txt", line.out());
    }

    @Test
    void isThatOfRunWhereNoSubcommandIsNamed() {
        CommandLineRun run = new CommandLineRun();
        CommandLineRun bare = new CommandLineRun();

        run.run("run", "--help");
        bare.run("-h");

        assertThat(bare.out()).isEqualTo(run.out());
    }
}
