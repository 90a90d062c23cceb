package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.secret.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything a job does, resolved.
 *
 * @param plan where it is asked, and what is written; its only trial is of the job's requests
 * @param file the file with its requests; empty where they are a workload's
 * @param requests how many of the workload's it has at most
 * @param window within which the endpoint is to complete it
 * @param poll how long it is left alone between two looks
 * @param beside what is run before, during and after it
 * @param cancelOnInterrupt whether it is cancelled where the watch over it is interrupted
 */
public record JobPlan(
        Plan plan,
        Optional<RequestsFile> file,
        long requests,
        String window,
        Duration poll,
        Optional<Plan> beside,
        boolean cancelOnInterrupt) {
    /** The phases of the load beside a job, in their order. */
    public static final List<String> PHASES = List.of("before", "during", "after");

    /** What tells the phases apart, as a parameter of the trials. */
    public static final String PHASE = "job";

    /** What the names of a job's files end with. */
    static final String REQUESTS = ".requests.jsonl";

    static final String BESIDE = ".beside.journal.jsonl";
    static final String OUTPUT = ".output.jsonl";
    static final String ERRORS = ".errors.jsonl";

    private static final String JOURNAL = ".journal.jsonl";

    Trial trial() {
        return plan.trials().get(0);
    }

    /** {@return where everything that happens is kept} */
    public Path journal() {
        return plan.files().journal().orElseThrow();
    }

    /** A file beside the journal: {@code run.output.jsonl}. */
    Path file(String ending) {
        return beside(journal(), ending);
    }

    /** A file beside a job's journal. */
    static Path beside(Path journal, String ending) {
        String name = journal.getFileName().toString();
        String stem = name.endsWith(JOURNAL) ? name.substring(0, name.length() - JOURNAL.length()) : name;
        return journal.resolveSibling(stem + ending);
    }

    /** What is asked for of the job itself, for the journal's header. */
    Map<String, Object> described() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "requestsFile",
                file.map(known -> Path.of(known.file().path()).getFileName().toString())
                        .orElse(""));
        map.put("requests", file.isPresent() ? 0 : requests);
        map.put("completionWindow", window);
        map.put(
                "beside",
                beside.map(other -> other.trials().get(0).binding().descriptor().name())
                        .orElse(""));
        return map;
    }

    /**
     * {@return what must neither be shown nor kept}
     *
     * @param environment gives the value of an environment variable, null where it is not set
     */
    public Secrets secrets(UnaryOperator<String> environment) {
        return plan.secrets(environment);
    }
}
