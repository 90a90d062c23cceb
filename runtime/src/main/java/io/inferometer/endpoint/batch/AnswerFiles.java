package io.inferometer.endpoint.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.record.batch.JobAnswers;
import io.inferometer.record.batch.JobAnswers.JobFailure;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads the files that come of a job, whose lines are in any order. An answer is one that has a body without an error in it
 * and a status of 200 to 299, whichever file it stands in. For one thread at a time.
 */
public final class AnswerFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Codes that are told apart. */
    private static final int MOST_CODES = 100;

    private static final String OTHERS = "others";

    private final Set<String> asked;
    private final UnaryOperator<String> redact;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, JobFailure> failures = new LinkedHashMap<>();
    private JobTokens tokens = JobTokens.NONE;
    private long succeeded;
    private long failed;
    private long odd;
    private long withoutUsage;

    /**
     * @param asked the {@code custom_id} of each request
     * @param redact takes out of a text what must not be kept
     */
    public AnswerFiles(Set<String> asked, UnaryOperator<String> redact) {
        this.asked = asked;
        this.redact = redact;
    }

    /** Reads a file to its end. */
    public void add(Path file) throws IOException {
        try (JsonLines lines = new JsonLines(file)) {
            while (lines.next()) {
                if (!lines.blank()) {
                    add(lines);
                }
            }
        }
    }

    private void add(JsonLines lines) {
        JsonNode line = object(lines);
        String id = line.path("custom_id").asText("");
        if (!asked.contains(id) || !seen.add(id)) {
            odd++;
            return;
        }
        JsonNode response = line.path("response");
        JsonNode body = response.path("body");
        int status = response.path("status_code").asInt(0);
        boolean error = line.hasNonNull("error") || body.hasNonNull("error");
        if (!error && status / 100 == 2 && body.isObject() && !body.isEmpty()) {
            succeeded++;
            JobTokens used = StateJson.tokens(body.path("usage"));
            if (used.input() == JobState.ABSENT && used.output() == JobState.ABSENT) {
                withoutUsage++;
            }
            tokens = tokens.plus(used);
        } else {
            failed++;
            failed(line.hasNonNull("error") ? line.path("error") : body, status);
        }
    }

    private static JsonNode object(JsonLines lines) {
        try {
            return lines.tooLong() ? JSON.nullNode() : JSON.readTree(lines.bytes());
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    private void failed(JsonNode told, int status) {
        JsonNode error = told.path("error").isObject() ? told.path("error") : told;
        String code = error.path("code").asText("");
        if (code.isEmpty() || code.equals("null")) {
            code = status == 0
                    ? "no answer"
                    : status / 100 == 2 ? status + " without an answer" : Integer.toString(status);
        }
        byte[] bytes = told.toString().getBytes(StandardCharsets.UTF_8);
        String message = ErrorBody.isEmpty(bytes, 0, bytes.length) || told.isMissingNode()
                ? ""
                : redact.apply(ErrorBody.message(bytes, 0, bytes.length));
        String known = redact.apply(ErrorBody.line(code));
        String kind = failures.size() < MOST_CODES || failures.containsKey(known) ? known : OTHERS;
        failures.merge(
                kind,
                new JobFailure(kind, message, 1),
                (first, next) -> new JobFailure(first.code(), first.message(), first.requests() + 1));
    }

    /** What they say, all of them. */
    public JobAnswers answers() {
        return new JobAnswers(
                succeeded,
                failed,
                odd,
                withoutUsage,
                tokens,
                failures.values().stream()
                        .sorted(Comparator.comparingLong(JobFailure::requests).reversed())
                        .toList());
    }
}
