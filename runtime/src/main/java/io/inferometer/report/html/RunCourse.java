package io.inferometer.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.json.JsonReport;
import io.inferometer.stats.RequestMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a page draws of a run beside the native result, gathered as it is told. Not thread-safe. */
public final class RunCourse implements Report {
    /** All of the trials together have about so many points, which keeps the page below its size. */
    private static final int MOST_POINTS = 3_000;

    private static final int LEAST_POINTS = 60;

    /** A request is drawn with about so many numbers as a line of a server's course has points. */
    private static final int POINTS_PER_LINE = 8;

    private final Map<Integer, TrialCourse> trials = new TreeMap<>();
    private final int runs;
    private TrialNames names;
    private int mostPoints;

    /** @param runs how many runs the page is to have */
    public RunCourse(int runs) {
        this.runs = runs;
    }

    /** That of a run of which no requests are known one by one. */
    public static RunCourse untold(RunReport run) {
        RunCourse none = new RunCourse(1);
        none.runStarted(run.header());
        return none;
    }

    @Override
    public void runStarted(RunHeader header) {
        names = TrialNames.of(header);
        mostPoints = Math.max(
                LEAST_POINTS, MOST_POINTS / runs / Math.max(1, header.trials().size()));
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        if (!record.warmup()) {
            trials.computeIfAbsent(record.trial(), trial -> new TrialCourse(mostPoints))
                    .add(record, metrics);
        }
    }

    /** What is drawn of a trial so far; empty where nothing of it was measured. */
    Optional<TrialCourse> copyOf(int trial) {
        return Optional.ofNullable(trials.get(trial)).map(TrialCourse::new);
    }

    /**
     * The native result, and by trial what is drawn.
     *
     * @param name tells the run from others on the page; empty for the only one
     */
    ObjectNode json(String name, RunReport run) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
        ObjectNode result = JsonReport.tree(run);
        for (JsonNode trial : result.path("trials")) {
            // The page shows how the client was in an iteration; its figures are in the native result.
            trial.path("iterations").forEach(iteration -> ((ObjectNode) iteration).remove("summary"));
        }
        node.set("result", result);
        ArrayNode unmeasured = node.putArray("unmeasured");
        run.unmeasured().forEach(trial -> unmeasured(unmeasured.addObject(), run, trial));
        ObjectNode labels = node.putObject("labels");
        ObjectNode courses = node.putObject("courses");
        run.trials().forEach(trial -> {
            TrialHeader header = trial.header();
            labels.put(Integer.toString(header.index()), names.label(header));
            TrialCourse course = trials.get(header.index());
            if (course != null && !header.imported()) {
                ObjectNode drawn = course.json();
                trial.server()
                        .ifPresent(server ->
                                new ServerPanels(server, mostPoints / POINTS_PER_LINE).json(drawn.putArray("panels")));
                courses.set(Integer.toString(header.index()), drawn);
            }
        });
        return node;
    }

    private void unmeasured(ObjectNode node, RunReport run, RunReport.Unmeasured trial) {
        TrialHeader header = run.header().trial(trial.trial());
        node.put("trial", trial.trial())
                .put("label", names.label(header))
                .put("workload", header.workload())
                .put("model", header.model())
                .put("endpoint", header.endpoint().url());
        ArrayNode failures = node.putArray("failures");
        trial.failures()
                .forEach(failure -> failures.addObject()
                        .put("outcome", failure.outcome().label())
                        .put("status", failure.status() == 0 ? null : failure.status())
                        .put("message", failure.message())
                        .put("requests", failure.requests()));
    }
}
