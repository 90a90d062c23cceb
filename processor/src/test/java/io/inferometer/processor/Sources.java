package io.inferometer.processor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sources of workloads. */
final class Sources {
    static final String LOAD = "@ClosedLoop(concurrency = 4)";
    static final String MEASUREMENT = "@Measurement(requests = 10)";
    static final String REQUEST = "@Request InferenceRequest next() { return InferenceRequest.chat(\"hi\"); }";

    static final String TURN = "@Turn NextTurn next(TurnContext turn) { return NextTurn.end(); }";

    private static final String IMPORTS = """
            import io.inferometer.annotations.*;
            import io.inferometer.workload.InferenceRequest;
            import io.inferometer.workload.NextTurn; import io.inferometer.workload.RequestContext;
            import io.inferometer.workload.TrialContext; import io.inferometer.workload.TurnContext;
            """;
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?! ?[/*]).*?\\b(?:class|interface|enum|record) »?([\\w\\p{L}]+)");

    private Sources() {}

    /** A file of package {@code p}. */
    static String file(String types) {
        return file("p", types);
    }

    static String file(String packageName, String types) {
        return "package " + packageName + ";\n" + IMPORTS + types + "\n";
    }

    /** A workload {@code p.Chat}. */
    static String workload(String annotations, String members) {
        return file("@Workload " + annotations + "\nclass Chat {\n" + members + "\n}");
    }

    /** A workload that lacks nothing, with further annotations. */
    static String annotated(String annotations) {
        return workload(LOAD + " " + MEASUREMENT + "\n" + annotations, REQUEST);
    }

    /** A workload that lacks nothing, with further members. */
    static String with(String members) {
        return workload(LOAD + " " + MEASUREMENT, REQUEST + "\n" + members);
    }

    /** The path of a source: that of its first type, or of a module. */
    static String path(String source) {
        if (source.startsWith("module ")) {
            return "module-info.java";
        }
        Matcher type = TYPE.matcher(source);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in " + source);
        }
        Matcher named = PACKAGE.matcher(source);
        String folder = named.find() ? named.group(1).replace('.', '/') + "/" : "";
        return folder + type.group(1) + ".java";
    }
}
