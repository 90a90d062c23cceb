package io.inferometer.cli.options;

import io.inferometer.plan.Nearest;
import io.inferometer.plan.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads arguments, and says in a line what is wrong with them and what was probably meant. */
public final class ParseErrors {
    /** Options of other tools that people type here, and what there is instead. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("--api-key", "a key is never an option: put it into a variable and name that with --api-key-env"),
            Map.entry(
                    "--api-key-scheme",
                    "what carries the key is --auth here: bearer, api-key-scheme or the name of a header"),
            Map.entry("--endpoint", "the path of the API is --path here, its base URL --base-url"),
            Map.entry("-H", "the endpoint is --base-url URL here, a header --header 'NAME: VALUE'"),
            Map.entry("--port", "the endpoint's port is in its URL: --base-url http://localhost:PORT"),
            Map.entry("--num-prompts", "the number of requests is --requests here"),
            Map.entry("--request-rate", "requests per second are --rate here"),
            Map.entry("--max-concurrency", "the slots of a closed loop are --concurrency here"),
            Map.entry("-t", "the slots of a closed loop are --concurrency here"),
            Map.entry("--goodput", "objectives are --slo here, as in --slo ttft=200,tpot=20"),
            Map.entry("--metric-percentiles", "percentiles are --percentiles here, of every metric"),
            Map.entry("-bm", "every run reports all metrics"),
            Map.entry("-tu", "times are in ms, whatever the unit of an option"));

    private ParseErrors() {}

    /** Reads the arguments into the command's object. */
    public static CommandLine.ParseResult parse(CommandLine command, List<String> args) {
        try {
            return command.parseArgs(args.toArray(String[]::new));
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw new UsageException(unmatched(command, e.getUnmatched().get(0)));
        } catch (CommandLine.MissingParameterException e) {
            throw new UsageException(missing(e));
        } catch (CommandLine.OverwrittenOptionException e) {
            throw new UsageException(name(e.getOverwritten()) + " is given twice");
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static String unmatched(CommandLine command, String argument) {
        String name = argument.indexOf('=') > 0 ? argument.substring(0, argument.indexOf('=')) : argument;
        if (!name.startsWith("-")) {
            return "nothing is known to do with " + argument + help(command);
        }
        String hint = ELSEWHERE.get(name);
        if (hint != null) {
            return "there is no option " + name + "; " + hint;
        }
        Optional<String> nearest =
                Nearest.to(name, command.getCommandSpec().optionsMap().keySet());
        return "there is no option " + name
                + nearest.map(option -> "; did you mean " + option + "?").orElse(help(command));
    }

    private static String missing(CommandLine.MissingParameterException e) {
        ArgSpec argument = e.getMissing().get(0);
        return argument.isOption()
                ? name(argument) + " needs a value: " + name(argument) + ' ' + argument.paramLabel()
                : argument.paramLabel() + " is missing" + help(e.getCommandLine());
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
    }

    private static String help(CommandLine command) {
        return "; " + command.getCommandName() + " --help tells what there is";
    }
}
