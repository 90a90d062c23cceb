package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.batch.JobAnswers.JobFailure;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.batch.JobFigures;
import io.inferometer.stats.batch.JobTimes;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A job as the native result: that of the load beside it, with no trials where there was none, and the job itself. What is
 * not known of the job is left out.
 */
public final class JobJson {
    private JobJson() {}

    /** Writes a job's result. */
    public static void write(Destination destination, JobReport job) throws IOException {
        destination.write(ResultJson.bytes(of(job)));
    }

    /** The result as a tree, of which the caller may change what it likes. */
    public static ObjectNode tree(JobReport job) {
        return of(job);
    }

    static ObjectNode of(JobReport job) {
        ObjectNode node = RunJson.of(job.beside()
                .orElseGet(() -> new RunReport(job.header(), List.of(), List.of(), job.end(), List.of(), List.of())));
        boolean complete = job.end() instanceof RunEnd.Complete;
        node.put("complete", complete)
                .put("incompleteReason", complete ? null : job.end().text());
        node.set("batchJob", job(job));
        return node;
    }

    private static ObjectNode job(JobReport report) {
        JobFigures job = report.figures();
        TrialHeader asked = report.header().trials().get(0);
        ObjectNode node = ResultJson.object()
                .put("workload", asked.workload())
                .put("endpoint", asked.endpoint().url())
                .put("model", asked.model());
        text(node, "id", job.id());
        text(node, "status", job.status());
        JobTimes times = job.times();
        number(node, "queueSeconds", times.queueSeconds());
        number(node, "runSeconds", times.runSeconds());
        number(node, "finalisingSeconds", times.finalisingSeconds());
        number(node, "makespanSeconds", times.makespanSeconds());
        node.put("boundSeconds", times.boundSeconds());
        requests(node, job.requests());
        tokens(node, job.tokens());
        job.outputRate().ifPresent(rate -> {
            node.put("outputTokensPerSecond", rate.perSecond());
            ObjectNode range = node.putObject("outputTokensPerSecondRange").put("least", rate.least());
            if (Double.isFinite(rate.most())) {
                range.put("most", rate.most());
            }
        });
        ArrayNode tails = node.putArray("stragglers");
        new TreeMap<>(job.tails())
                .descendingMap()
                .forEach((percent, tail) -> tails.addObject()
                        .put("lastPercent", percent)
                        .put("leastSeconds", tail.leastSeconds())
                        .put("mostSeconds", tail.mostSeconds()));
        ArrayNode problems = node.putArray("problems");
        for (JobState.Problem problem : job.problems()) {
            ObjectNode one = problems.addObject().put("code", problem.code()).put("message", problem.message());
            count(one, "line", problem.line());
        }
        ArrayNode failures = node.putArray("failures");
        for (JobFailure failure : job.failures()) {
            failures.addObject()
                    .put("code", failure.code())
                    .put("message", failure.message())
                    .put("requests", failure.requests());
        }
        node.put("looks", job.control().looks())
                .put("retries", job.control().retries())
                .put("longestGapSeconds", job.control().longestGapSeconds());
        if (!job.coverage().isEmpty()) {
            ObjectNode coverage = node.putObject("coverage");
            new TreeMap<>(job.coverage()).forEach(coverage::put);
        }
        return node;
    }

    private static void requests(ObjectNode node, JobFigures.Requests requests) {
        count(node, "total", requests.total());
        count(node, "completed", requests.completed());
        count(node, "failed", requests.failed());
        node.put("unanswered", requests.silent())
                .put("oddLines", requests.odd())
                .put("withoutUsage", requests.withoutUsage());
    }

    private static void tokens(ObjectNode node, JobTokens tokens) {
        count(node, "inputTokens", tokens.input());
        count(node, "cachedTokens", tokens.cached());
        count(node, "outputTokens", tokens.output());
    }

    private static void text(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void number(ObjectNode node, String name, OptionalDouble number) {
        number.ifPresent(known -> node.put(name, known));
    }

    private static void count(ObjectNode node, String name, long count) {
        if (count != JobState.ABSENT) {
            node.put(name, count);
        }
    }
}
