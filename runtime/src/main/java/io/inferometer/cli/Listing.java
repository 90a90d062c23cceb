package io.inferometer.cli;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.cli.options.ListOptions;
import io.inferometer.plan.Options;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.text.Table;
import io.inferometer.service.Providers;
import io.inferometer.workload.binding.EnvSpec;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what there is. */
final class Listing {
    private final PrintStream out;

    Listing(PrintStream out) {
        this.out = out;
    }

    /** What is asked for. */
    void print(ListOptions asked, Providers<WorkloadBinding<?>> all, List<String> regexes) {
        if (asked.formats()) {
            formats();
        }
        if (asked.workloads()) {
            workloads(all, regexes, asked.params());
        }
    }

    /** The workloads that match, all of them where there are no patterns; the main one is marked. */
    private void workloads(Providers<WorkloadBinding<?>> all, List<String> regexes, boolean detailed) {
        List<WorkloadDescriptor> found = Planner.find(all, regexes).stream()
                .<WorkloadDescriptor>map(WorkloadBinding::descriptor)
                .toList();
        out.println("Workloads (* is run when none is named):");
        List<List<String>> rows = new ArrayList<>();
        for (WorkloadDescriptor workload : found) {
            rows.add(List.of(
                    (workload.identity().main() ? "* " : "  ")
                            + (isOnlyOne(workload, found) ? workload.name() : workload.className()),
                    workload.identity().description()));
        }
        List<String> lines = aligned(rows);
        for (int i = 0; i < lines.size(); i++) {
            out.println(lines.get(i));
            if (detailed) {
                details(found.get(i));
            }
        }
    }

    private static boolean isOnlyOne(WorkloadDescriptor workload, List<WorkloadDescriptor> among) {
        return among.stream()
                        .filter(other -> other.name().equals(workload.name()))
                        .count()
                == 1;
    }

    /** The formats of result files. */
    private void formats() {
        out.println("Formats of result files (-rf):");
        List<List<String>> rows = new ArrayList<>();
        for (ResultFormat format : ResultFormat.values()) {
            rows.add(List.of(" " + format.name().toLowerCase(Locale.ROOT), description(format)));
        }
        aligned(rows).forEach(out::println);
    }

    private void details(WorkloadDescriptor workload) {
        List<List<String>> rows = new ArrayList<>();
        for (ParamSpec param : workload.params()) {
            rows.add(List.of(
                    "      -p " + param.name(),
                    String.join(",", param.values()),
                    param.env().isEmpty() ? "" : "or " + param.env()));
        }
        for (EnvSpec variable : workload.env()) {
            rows.add(List.of("      " + variable.name(), "sets " + Options.name(variable.sets()), ""));
        }
        if (!workload.endpoint().apiKeyEnv().isEmpty()) {
            rows.add(List.of("      " + workload.endpoint().apiKeyEnv(), "holds the key", ""));
        }
        aligned(rows).forEach(out::println);
    }

    private static String description(ResultFormat format) {
        return switch (format) {
            case JSON -> "everything, by this project's own schema";
            case SUMMARY -> "percentiles of ttft, tpot, itl and e2el in seconds, nested";
            case VLLM -> "the flat keys of vLLM's serving benchmark, with values by its definitions";
            case CSV -> "a row per request, written as it ends";
            case BATCH -> "the same, in seven columns: index, tokens, latency_ms, status, error";
            case REQUESTS ->
                "a row per request for programs, the same columns in every run; JSON lines if FILE ends with .jsonl";
            case PROMETHEUS -> "the run's figures as Prometheus' text, for a push gateway";
            case SVG -> "throughput against interactivity as a drawing, a point for each trial";
            case HTML -> "a page with everything, drawn: one file that works from disk and can be passed on";
            case JUNIT -> "a test case for each thing that is required, in the XML that CI servers read";
            case MARKDOWN -> "the main figures, and what was required, as a text for a pull request";
        };
    }

    /** Pads each column but the last to its widest cell. */
    private static List<String> aligned(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Table table = new Table();
        rows.stream().limit(1).flatMap(List::stream).forEach(cell -> table.left(""));
        rows.forEach(table::row);
        return table.lines().subList(1, rows.size() + 1);
    }
}
