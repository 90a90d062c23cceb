package io.inferometer.processor;

import io.inferometer.annotations.Endpoint;
import io.inferometer.annotations.Env;
import io.inferometer.annotations.Fork;
import io.inferometer.annotations.Model;
import io.inferometer.annotations.Results;
import io.inferometer.annotations.Slo;
import io.inferometer.annotations.Timeout;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.binding.WorkloadModel.Settings;
import io.inferometer.processor.binding.WorkloadModel.Time;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.VariableElement;

/** Reads what a workload declares about the endpoint and the run, all of which may also be given at the run. */
final class SettingsReader {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w*}");

    private final Lineage lineage;
    private final Problems problems;

    SettingsReader(Lineage lineage, Problems problems) {
        this.lineage = lineage;
        this.problems = problems;
    }

    Settings read() {
        Optional<WorkloadModel.Endpoint> endpoint =
                lineage.nearest(Endpoint.class).filter(Declared::whole).map(this::endpoint);
        return new Settings(
                endpoint,
                lineage.nearest(Model.class).filter(Declared::whole).map(this::model),
                env(endpoint.map(WorkloadModel.Endpoint::apiKeyEnv).orElse("")),
                lineage.nearest(Slo.class).filter(Declared::whole).map(this::slo),
                lineage.nearest(Timeout.class).filter(Declared::whole).map(this::timeout),
                results(),
                lineage.nearest(Fork.class).filter(Declared::whole).map(this::fork));
    }

    private WorkloadModel.Endpoint endpoint(Declared endpoint) {
        String url = endpoint.text("value");
        if (EndpointUrl.hasUser(url)) {
            problems.add(
                    Rule.ENDPOINT_USER,
                    endpoint.site("value"),
                    endpoint.element().getSimpleName());
        } else {
            EndpointUrl.flaw(url).ifPresent(flaw -> problems.add(Rule.ENDPOINT_URL, endpoint.site("value"), url, flaw));
        }
        String path = endpoint.text("path");
        EndpointUrl.pathFlaw(path)
                .ifPresent(flaw -> problems.add(Rule.ENDPOINT_PATH, endpoint.site("path"), path, flaw));
        String auth = endpoint.text("auth");
        if (!auth.isEmpty() && !WORD.matcher(auth).matches()) {
            problems.add(Rule.AUTH, endpoint.site("auth"), auth);
        }
        String apiKeyEnv = endpoint.text("apiKeyEnv");
        if (!apiKeyEnv.isEmpty() && !VariableRules.plausible(apiKeyEnv)) {
            problems.add(Rule.API_KEY_NAME, endpoint.site("apiKeyEnv"));
        }
        return new WorkloadModel.Endpoint(url, path, auth, apiKeyEnv, protocol(endpoint));
    }

    private Optional<String> protocol(Declared endpoint) {
        List<AnnotationValue> protocols = endpoint.items("protocol");
        if (protocols.size() > 1) {
            problems.add(Rule.PROTOCOL, endpoint.site("protocol"), protocols.size());
        }
        return protocols.stream()
                .map(value ->
                        ((VariableElement) value.getValue()).getSimpleName().toString())
                .findFirst();
    }

    private WorkloadModel.Model model(Declared model) {
        if (model.text("value").isBlank()) {
            problems.add(Rule.MODEL, model.site("value"));
        }
        return new WorkloadModel.Model(model.text("value"), model.text("tokenizer"));
    }

    private List<WorkloadModel.Env> env(String apiKeyEnv) {
        VariableRules rules = new VariableRules(apiKeyEnv, problems);
        Map<String, String> seen = new HashMap<>();
        List<Declared> variables =
                lineage.nearestAll(Env.class).stream().filter(Declared::whole).toList();
        for (Declared variable : variables) {
            String name = variable.text("name");
            String setting = variable.constant("sets");
            rules.check("@Env for " + setting, name, variable.site("name"));
            String earlier = seen.putIfAbsent(name, setting);
            if (earlier != null) {
                problems.add(Rule.DUPLICATE_VARIABLE, variable.site("name"), name, earlier, setting);
            }
        }
        return variables.stream()
                .map(variable -> new WorkloadModel.Env(variable.text("name"), variable.constant("sets")))
                .toList();
    }

    private WorkloadModel.Slo slo(Declared slo) {
        List<String> limits = List.of("ttftMillis", "tpotMillis", "e2elMillis");
        for (String limit : limits) {
            double millis = slo.decimal(limit);
            if (!(millis >= 0) || Double.isInfinite(millis)) {
                problems.add(Rule.SLO_LIMIT, slo.site(limit), limit, millis);
            }
        }
        if (limits.stream().allMatch(limit -> slo.decimal(limit) == 0)) {
            problems.add(Rule.EMPTY_SLO, slo.site());
        }
        return new WorkloadModel.Slo(slo.decimal("ttftMillis"), slo.decimal("tpotMillis"), slo.decimal("e2elMillis"));
    }

    private Time timeout(Declared timeout) {
        Time time = IterationsReader.time(timeout, "value", "unit");
        if (time.amount() < 1) {
            problems.add(Rule.TIMEOUT, timeout.site("value"), time.amount());
        } else if (IterationsReader.tooLong(time)) {
            problems.add(Rule.TOO_LONG, timeout.site("value"), "A timeout", time.amount(), time.unit());
        }
        return time;
    }

    private WorkloadModel.Fork fork(Declared fork) {
        long count = fork.number("value");
        if (count < 0) {
            problems.add(Rule.FORKS, fork.site("value"), count);
        }
        return new WorkloadModel.Fork(
                count,
                fork.text("jvm"),
                fork.items("jvmArgs").stream()
                        .map(item -> item.getValue().toString())
                        .toList());
    }

    private List<WorkloadModel.Results> results() {
        Set<String> seen = new HashSet<>();
        List<Declared> declared = lineage.nearestAll(Results.class).stream()
                .filter(Declared::whole)
                .toList();
        for (Declared results : declared) {
            if (!seen.add(results.text("file"))) {
                problems.add(Rule.DUPLICATE_RESULT, results.site("file"), results.text("file"));
            }
        }
        return declared.stream().map(this::results).toList();
    }

    private WorkloadModel.Results results(Declared results) {
        String file = results.text("file");
        if (file.isBlank()) {
            problems.add(Rule.RESULT_FILE, results.site("file"), file);
        }
        Matcher placeholder = PLACEHOLDER.matcher(file.replace("{timestamp}", ""));
        if (placeholder.find()) {
            problems.add(Rule.RESULT_PLACEHOLDER, results.site("file"), placeholder.group());
        }
        return new WorkloadModel.Results(results.constant("format"), file);
    }
}
