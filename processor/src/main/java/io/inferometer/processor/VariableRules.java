package io.inferometer.processor;

import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.util.regex.Pattern;

/**
 * Checks the names of environment variables.
 *
 * @param apiKeyEnv the variable that holds the API key; empty for none
 * @param problems where mistakes go
 */
record VariableRules(String apiKeyEnv, Problems problems) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static boolean plausible(String name) {
        return NAME.matcher(name).matches();
    }

    /** Checks the name of a variable whose value is used openly; {@code user} tells by what. */
    void check(String user, String name, Site site) {
        if (!plausible(name)) {
            problems.add(Rule.VARIABLE_NAME, site, user, name);
        } else if (name.equals(apiKeyEnv)) {
            problems.add(Rule.KEY_AS_VALUE, site, name, user);
        }
    }
}
