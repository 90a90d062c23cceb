package io.inferometer.endpoint.batch;

import static io.inferometer.record.batch.JobState.ABSENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what endpoints say of batches, of their counts and of usage. What they leave out, or tell as null, is absent. */
final class StateJson {
    /** A stamp that is larger is of milliseconds: as seconds it would be beyond the year 5000. */
    private static final double LARGEST_SECONDS = 1e11;

    private StateJson() {}

    static JobState state(JsonNode batch, long atMillis) {
        String status = batch.path("status").asText("").toLowerCase(Locale.ROOT);
        JsonNode counts = batch.path("request_counts");
        return new JobState(
                atMillis,
                batch.path("id").asText(""),
                status,
                new JobState.Stamps(
                        stamp(batch, "created_at"),
                        stamp(batch, "in_progress_at"),
                        stamp(batch, "finalizing_at"),
                        stamp(batch, status + "_at")),
                new JobState.Counts(number(counts, "total"), number(counts, "completed"), number(counts, "failed")),
                new JobState.Files(
                        batch.path("output_file_id").asText(""),
                        batch.path("error_file_id").asText("")),
                tokens(batch.path("usage")),
                problems(batch.path("errors")));
    }

    /** What one answer, or all of them, used, in the words of whatever API. */
    static JobTokens tokens(JsonNode usage) {
        JsonNode details = usage.has("prompt_tokens_details")
                ? usage.path("prompt_tokens_details")
                : usage.path("input_tokens_details");
        return new JobTokens(
                first(usage, "prompt_tokens", "input_tokens"),
                number(details, "cached_tokens"),
                first(usage, "completion_tokens", "output_tokens"));
    }

    private static long first(JsonNode node, String name, String other) {
        long number = number(node, name);
        return number == ABSENT ? number(node, other) : number;
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() && value.asLong() >= 0 ? value.asLong() : ABSENT;
    }

    private static long stamp(JsonNode batch, String name) {
        double stamp = batch.path(name).asDouble(0);
        return stamp <= 0 ? ABSENT : Math.round(stamp > LARGEST_SECONDS ? stamp : stamp * 1e3);
    }

    private static List<JobState.Problem> problems(JsonNode errors) {
        List<JobState.Problem> problems = new ArrayList<>();
        JsonNode list = errors.isArray() ? errors : errors.path("data");
        for (JsonNode error : list) {
            problems.add(new JobState.Problem(
                    error.path("code").asText(""),
                    ErrorBody.line(error.path("message").asText("")),
                    number(error, "line")));
        }
        return problems;
    }
}
