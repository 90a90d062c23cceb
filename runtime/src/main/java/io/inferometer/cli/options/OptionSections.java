package io.inferometer.cli.options;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out the options of a help: the command's own and unnamed mixins' first, then each named mixin's under its name.
 *
 * <p>Picocli's groups have headings too, but an option that is given twice makes a group begin anew and forget the rest.
 */
public final class OptionSections {
    /** Picocli names a mixin after its field where it has no name: a heading begins with a capital. */
    private static final String HEADING = "[A-Z].*";

    private OptionSections() {}

    public static void layOut(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::render);
    }

    private static String render(Help help) {
        CommandSpec spec = help.commandSpec();
        List<OptionSpec> named = spec.mixins().entrySet().stream()
                .filter(mixin -> mixin.getKey().matches(HEADING))
                .flatMap(mixin -> mixin.getValue().options().stream())
                .toList();
        List<String> names = named.stream().map(OptionSpec::longestName).toList();
        StringBuilder text = new StringBuilder(list(
                help,
                spec.options().stream()
                        .filter(option -> !names.contains(option.longestName()))
                        .toList()));
        for (Map.Entry<String, CommandSpec> mixin : spec.mixins().entrySet()) {
            if (mixin.getKey().matches(HEADING)) {
                text.append('\n').append(mixin.getKey()).append(":\n");
                text.append(list(help, mixin.getValue().options()));
            }
        }
        return text.toString();
    }

    private static String list(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        return layout.toString();
    }
}
