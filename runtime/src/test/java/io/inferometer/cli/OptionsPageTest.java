package io.inferometer.cli;

import static java.util.stream.Collectors.joining;

import io.inferometer.docs.DocPage;
import io.inferometer.service.Providers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/options.md} has every option of every subcommand, in the words of its help. */
class OptionsPageTest {
    private static final String HEAD = """
            # All options

            What `--help` of each subcommand says, on one page. It is written from the options themselves, by `OptionsPageTest`. Those of
            `overhead` are in [overhead.md](overhead.md).

            The command line wins over the variables that a workload declares (`-lp` lists them), those over its annotations. In Java an option
            is a method of `Options` of the same name. `TIME` is a number and `ms`, `s`, `m` or `h`; `SHARE` is `1%` or `0.01`. How a command
            ends: [exit-codes.md](exit-codes.md).
            """;

    @Test
    void hasEveryOptionOfEverySubcommand() throws IOException {
        DocPage.assertWritten("options.md", page(), OptionsPageTest.class);
    }

    private static String page() {
        Map<String, CommandLine> commands = main().commands();
        List<String> run = rows(commands.get("run"));
        StringBuilder page = new StringBuilder(HEAD);
        commands.forEach((name, command) -> {
            page.append("\n## ").append(name).append("\n\n");
            page.append("`java -jar JAR ").append(name).append("`: ");
            page.append(command.<Subcommand>getCommand().summary()).append(".\n");
            boolean first = name.equals("run");
            List<String> own = new ArrayList<>(rows(command));
            if (!first) {
                own.removeAll(run);
            }
            if (!own.isEmpty()) {
                page.append("\n| option | what it sets |\n|---|---|\n");
                own.forEach(row -> page.append(row).append('\n'));
            }
            String shared = first ? "" : shared(rows(command), run);
            if (!shared.isEmpty()) {
                page.append("\nAs those of `run`: ").append(shared).append(".\n");
            }
        });
        return page.toString();
    }

    private static String shared(List<String> rows, List<String> run) {
        return rows.stream()
                .filter(run::contains)
                .map(row -> row.substring(2, row.indexOf(" | ")))
                .collect(joining(", "));
    }

    private static List<String> rows(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionsPageTest::row)
                .toList();
    }

    private static String row(OptionSpec option) {
        String names = Stream.of(option.names())
                .flatMap(name ->
                        option.negatable() ? Stream.of(name, name.replaceFirst("--", "--no-")) : Stream.of(name))
                .map(name -> "`" + name + "`")
                .collect(joining(", "));
        String value = option.arity().max() > 0 ? " `" + option.paramLabel() + "`" : "";
        String text = String.join(" ", option.description())
                .replace("%%", "%")
                .replace("%n", " ")
                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
        return ("| " + names + value + " | ").replace("\\|", "|") + text.replace("|", "\\|") + " |";
    }

    private static Main main() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandContext context =
                new CommandContext(Providers.of(List.of()), name -> null, Clock.systemUTC(), nowhere, nowhere, false);
        return new Main(context, (plan, report, forked) -> null, List.of());
    }
}
