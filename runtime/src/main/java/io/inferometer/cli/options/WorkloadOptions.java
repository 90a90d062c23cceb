package io.inferometer.cli.options;

import io.inferometer.plan.CommaList;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is run. */
public final class WorkloadOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description = "A regular expression that finds workloads by a part of their names. Without any the main"
                    + " workload is run.")
    private List<String> workloads = new ArrayList<>();

    @Option(names = "-e", paramLabel = "REGEX", description = "Leave out the workloads that match. May be repeated.")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE[,VALUE...]",
            description = "The values of a parameter of the workload; a comma within a value is written \\,. May be"
                    + " repeated.")
    private List<String> params = new ArrayList<>();

    /** The workloads that are named. */
    public List<String> workloads() {
        return workloads;
    }

    /** Starts with what was given. */
    public Options.Builder options() {
        Options.Builder options = Options.of(workloads.toArray(String[]::new));
        excludes.forEach(options::exclude);
        addParams(options, params);
        return options;
    }

    /** Adds the values of parameters, each as {@code -p} takes it. */
    public static void addParams(Options.Builder options, List<String> params) {
        values(params)
                .forEach((name, text) ->
                        options.param(name, CommaList.split(text).toArray()));
    }

    private static Map<String, String> values(List<String> params) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new UsageException("-p " + param + " needs a name and a value, as in -p isl=128");
            }
            String name = param.substring(0, equals);
            String text = param.substring(equals + 1);
            String before = values.put(name, text);
            if (before != null) {
                throw new UsageException("-p " + name + " is given twice; give its values together, as in -p " + name
                        + '=' + before + ',' + text);
            }
        }
        return values;
    }
}
