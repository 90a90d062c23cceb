package io.inferometer.harness;

import io.inferometer.endpoint.Limits;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Trial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what is planned of an endpoint into how it is asked; the one place where keys are read. */
final class TargetSettingsOf {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private TargetSettingsOf() {}

    /**
     * The settings of a trial.
     *
     * @param url where its endpoint is
     * @param environment gives the value of a variable, null where it is not set
     * @throws IllegalArgumentException if a header needs a variable that is not set
     */
    static TargetSettings trial(Trial trial, String url, UnaryOperator<String> environment) {
        EndpointAddress endpoint = trial.endpoint();
        Map<String, String> headers = new LinkedHashMap<>();
        String key = endpoint.apiKeyEnv().isEmpty() ? null : environment.apply(endpoint.apiKeyEnv());
        if (key != null && !key.isBlank() && !endpoint.simulated()) {
            headers.put("Authorization", endpoint.apiKeyScheme() + " " + key.strip());
        }
        trial.headers().forEach((name, value) -> headers.put(name, expand(name, value, environment)));
        return new TargetSettings(
                url,
                endpoint.whole(),
                endpoint.path(),
                trial.model(),
                headers,
                trial.extraBody(),
                trial.streaming(),
                Limits.of(trial.timeout()));
    }

    private static String expand(String header, String value, UnaryOperator<String> environment) {
        return VARIABLE.matcher(value).replaceAll(match -> {
            String variable = environment.apply(match.group(1));
            if (variable == null) {
                throw new IllegalArgumentException("header " + header + " needs the environment variable "
                        + match.group(1) + ", which is not set");
            }
            return Matcher.quoteReplacement(variable);
        });
    }
}
