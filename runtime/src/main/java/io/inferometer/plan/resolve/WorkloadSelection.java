package io.inferometer.plan.resolve;

import io.inferometer.plan.Nearest;
import io.inferometer.plan.UsageException;
import io.inferometer.service.Providers;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds the workloads that are meant by their names. */
final class WorkloadSelection {
    private static final String NONE =
            "there are no workloads in this jar: was it compiled with inferometer-processor in"
                    + " annotationProcessorPaths, and are META-INF/services files merged where it is shaded, and named in"
                    + " provides where there is a module-info?";

    /** What generated bindings are named: their workload's name, with this behind it. */
    private static final String BINDING = "_Workload";

    private final List<WorkloadBinding<?>> all;
    private final Map<String, String> broken;

    WorkloadSelection(Providers<WorkloadBinding<?>> available) {
        List<WorkloadBinding<?>> sorted = new ArrayList<>(available.working());
        sorted.sort(Comparator.comparing((WorkloadBinding<?> binding) -> name(binding))
                .thenComparing(binding -> binding.descriptor().className()));
        all = sorted;
        broken = available.broken();
        if (all.isEmpty()) {
            throw new UsageException(
                    broken.isEmpty()
                            ? NONE
                            : "no workload of this jar can be used: " + String.join("; ", available.complaints()));
        }
    }

    List<WorkloadBinding<?>> select(List<String> regexes, List<String> excludes) {
        List<WorkloadBinding<?>> selected = regexes.isEmpty() ? List.of(main()) : matching(regexes);
        List<Pattern> excluded =
                excludes.stream().map(regex -> pattern("-e " + regex, regex)).toList();
        List<WorkloadBinding<?>> left = selected.stream()
                .filter(binding -> excluded.stream().noneMatch(pattern -> matches(pattern, binding)))
                .toList();
        if (left.isEmpty()) {
            throw new UsageException("-e " + String.join(" -e ", excludes) + " leaves no workload to run");
        }
        checkNames(left);
        return left;
    }

    /** Results tell workloads apart by their names. */
    private static void checkNames(List<WorkloadBinding<?>> selected) {
        Map<String, WorkloadBinding<?>> byName = new HashMap<>();
        for (WorkloadBinding<?> binding : selected) {
            WorkloadBinding<?> namesake = byName.putIfAbsent(name(binding), binding);
            if (namesake != null) {
                String first = namesake.descriptor().className();
                throw new UsageException(first + " and " + binding.descriptor().className() + " are both called "
                        + name(binding) + "; name one of them by its class: ^" + first.replace("$", "\\$") + "$");
            }
        }
    }

    /** The workloads that match, all where there are no patterns. */
    List<WorkloadBinding<?>> find(List<String> regexes) {
        return regexes.isEmpty() ? List.copyOf(all) : matching(regexes);
    }

    private List<WorkloadBinding<?>> matching(List<String> regexes) {
        List<Pattern> patterns =
                regexes.stream().map(regex -> pattern(regex, regex)).toList();
        for (Pattern pattern : patterns) {
            if (all.stream().noneMatch(binding -> matches(pattern, binding))) {
                throw noMatch(pattern);
            }
        }
        return all.stream()
                .filter(binding -> patterns.stream().anyMatch(pattern -> matches(pattern, binding)))
                .toList();
    }

    private WorkloadBinding<?> main() {
        List<WorkloadBinding<?>> main = all.stream()
                .filter(binding -> binding.descriptor().identity().main())
                .toList();
        if (main.size() == 1) {
            return main.get(0);
        }
        if (main.isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        String why = main.isEmpty() ? "none of them is the main one" : main.size() + " of them are main";
        throw new UsageException("name the workload to run, " + why + ": " + names());
    }

    private UsageException noMatch(Pattern pattern) {
        for (Map.Entry<String, String> left : broken.entrySet()) {
            String className = left.getKey().replaceFirst(BINDING + "$", "");
            String simple = className.substring(className.lastIndexOf('.') + 1).replace('_', '.');
            if (pattern.matcher(simple).find() || pattern.matcher(className).find()) {
                return new UsageException("the workload " + simple + " can't be used: " + left.getValue());
            }
        }
        String regex = pattern.pattern();
        String nearest = Nearest.to(
                        regex, all.stream().map(WorkloadSelection::name).toList())
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
        return new UsageException("no workload matches " + regex + nearest + "; there are: " + names());
    }

    private String names() {
        return String.join(
                ", ", all.stream().map(WorkloadSelection::name).distinct().toList());
    }

    private static boolean matches(Pattern pattern, WorkloadBinding<?> binding) {
        WorkloadDescriptor descriptor = binding.descriptor();
        return pattern.matcher(descriptor.name()).find()
                || pattern.matcher(descriptor.className()).find();
    }

    private static Pattern pattern(String origin, String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new UsageException(origin + " is not a regular expression: " + e.getDescription());
        }
    }

    private static String name(WorkloadBinding<?> binding) {
        return binding.descriptor().name();
    }
}
