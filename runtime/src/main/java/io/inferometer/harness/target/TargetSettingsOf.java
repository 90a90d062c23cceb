package io.inferometer.harness.target;

import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.harness.marker.Marking;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Trial;
import io.inferometer.secret.HeaderText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Turns what is planned of an endpoint into how it is asked; the one place where keys are read. */
public final class TargetSettingsOf {
    private TargetSettingsOf() {}

    /**
     * The settings of a trial.
     *
     * @param url where its endpoint is
     * @param environment gives the value of a variable, null where it is not set
     */
    public static TargetSettings trial(Trial trial, String url, UnaryOperator<String> environment) {
        EndpointAddress endpoint = trial.endpoint();
        Map<String, String> headers = new LinkedHashMap<>();
        String key = endpoint.apiKeyEnv().isEmpty() ? null : environment.apply(endpoint.apiKeyEnv());
        if (key != null && !key.isBlank() && !endpoint.simulated()) {
            headers.put(endpoint.keyHeader().name(), endpoint.keyHeader().value(key.strip()));
        }
        trial.everyRequest()
                .headers()
                .forEach((name, value) -> headers.put(name, HeaderText.expand(value, environment)));
        return new TargetSettings(
                url,
                endpoint.whole(),
                endpoint.path(),
                endpoint.protocol(),
                trial.everyRequest().model(),
                trial.everyRequest().modelGiven(),
                headers,
                trial.everyRequest().lengthField(),
                trial.everyRequest().extraBody(),
                trial.everyRequest().streaming(),
                RequestBounds.of(trial.everyRequest().timeout()),
                trial.everyRequest().traceparent(),
                Marking.of(trial));
    }
}
