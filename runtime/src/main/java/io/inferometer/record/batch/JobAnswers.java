package io.inferometer.record.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job's files say of its requests.
 *
 * @param succeeded how many were answered
 * @param failed how many failed, expired ones included
 * @param odd how many lines say nothing of a request of the job: no JSON, an unknown name, or one that was there before
 * @param withoutUsage how many of those that were answered tell no tokens
 * @param tokens what those that were answered used
 * @param failures how those that failed did, the most frequent first
 */
public record JobAnswers(
        long succeeded, long failed, long odd, long withoutUsage, JobTokens tokens, List<JobFailure> failures) {
    /**
     * Copies its list.
     *
     * @param succeeded as of the record
     * @param failed as of the record
     * @param odd as of the record
     * @param withoutUsage as of the record
     * @param tokens as of the record
     * @param failures copied
     */
    public JobAnswers {
        failures = List.copyOf(failures);
    }

    /**
     * Requests that failed alike.
     *
     * @param code the endpoint's code, or the status: {@code batch_expired}, {@code 500}
     * @param message what the endpoint said of the first one, on one line
     */
    public record JobFailure(String code, String message, long requests) {}

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("succeeded", succeeded);
        map.put("failed", failed);
        map.put("odd", odd);
        map.put("withoutUsage", withoutUsage);
        tokens.addTo(map);
        List<Map<String, Object>> list = new ArrayList<>();
        for (JobFailure failure : failures) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("code", failure.code);
            one.put("message", failure.message);
            one.put("requests", failure.requests);
            list.add(one);
        }
        map.put("failures", list);
        return map;
    }

    static JobAnswers of(Fields fields) {
        return new JobAnswers(
                fields.number("succeeded"),
                fields.number("failed"),
                fields.number("odd"),
                fields.number("withoutUsage"),
                JobTokens.of(fields),
                fields.list("failures").stream()
                        .map(one -> new JobFailure(one.text("code"), one.text("message"), one.number("requests")))
                        .toList());
    }
}
