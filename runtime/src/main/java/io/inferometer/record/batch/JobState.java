package io.inferometer.record.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint said of a job when it was looked at.
 *
 * @param atMillis when it was, on the client's clock
 * @param id the endpoint's name for it
 * @param status in the endpoint's words: {@code in_progress}
 * @param stamps when it came how far, on the endpoint's clock
 * @param counts how many of its requests are done
 * @param files the endpoint's names for what came of it
 * @param tokens what all of it used, as far as the endpoint says
 * @param problems what is wrong with it as a whole
 */
public record JobState(
        long atMillis,
        String id,
        String status,
        Stamps stamps,
        Counts counts,
        Files files,
        JobTokens tokens,
        List<Problem> problems) {
    /** A number that is not known. */
    public static final long ABSENT = -1;

    /** The status of a job that has done all it could. */
    public static final String COMPLETED = "completed";

    private static final List<String> ENDS = List.of(COMPLETED, "failed", "expired", "cancelled");
    private static final List<String> BEFORE = List.of("validating", "queued", "pending");

    /**
     * Copies its list.
     *
     * @param atMillis as of the record
     * @param id as of the record
     * @param status as of the record
     * @param stamps as of the record
     * @param counts as of the record
     * @param files as of the record
     * @param tokens as of the record
     * @param problems copied
     */
    public JobState {
        problems = List.copyOf(problems);
    }

    /**
     * When a job came how far, in milliseconds of the endpoint's epoch, each {@link #ABSENT} where it is not told.
     *
     * @param ended when it was completed, or failed, expired, or was cancelled
     */
    public record Stamps(long created, long inProgress, long finalizing, long ended) {}

    /** How many requests a job has, and how many came to an end in which way; each {@link #ABSENT} where it is not told. */
    public record Counts(long total, long completed, long failed) {
        /** {@return how many came to an end; {@link #ABSENT} where neither is told} */
        public long done() {
            return completed == ABSENT && failed == ABSENT ? ABSENT : Math.max(0, completed) + Math.max(0, failed);
        }
    }

    /** The names of the files with the answers and with the requests that failed; empty where there is none. */
    public record Files(String output, String error) {}

    /**
     * Something that is wrong with a job as a whole.
     *
     * @param line the line of its file, from 1; {@link #ABSENT} where it is none's
     */
    public record Problem(String code, String message, long line) {
        /** {@return the state on one line, in the endpoint's words} */
        public String text() {
            return (line == ABSENT ? "" : "line " + line + ": ") + (message.isEmpty() ? code : message);
        }
    }

    /** {@return whether nothing more will come of it} */
    public boolean ended() {
        return ends(status);
    }

    /**
     * {@return whether nothing more will come of a job in this status}
     *
     * @param status in the endpoint's word
     */
    public static boolean ends(String status) {
        return ENDS.contains(status);
    }

    /** {@return whether its requests are being answered} */
    public boolean running() {
        return !ended() && !BEFORE.contains(status) && !status.equals("finalizing");
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("atMs", atMillis);
        map.put("id", id);
        map.put("status", status);
        Fields.put(map, "createdMs", stamps.created);
        Fields.put(map, "inProgressMs", stamps.inProgress);
        Fields.put(map, "finalizingMs", stamps.finalizing);
        Fields.put(map, "endedMs", stamps.ended);
        Fields.put(map, "total", counts.total);
        Fields.put(map, "completed", counts.completed);
        Fields.put(map, "failed", counts.failed);
        Fields.put(map, "outputFile", files.output);
        Fields.put(map, "errorFile", files.error);
        tokens.addTo(map);
        if (!problems.isEmpty()) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (Problem problem : problems) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("code", problem.code);
                one.put("message", problem.message);
                Fields.put(one, "line", problem.line);
                list.add(one);
            }
            map.put("problems", list);
        }
        return map;
    }

    static JobState of(Fields fields) {
        return new JobState(
                fields.number("atMs"),
                fields.text("id"),
                fields.text("status"),
                new Stamps(
                        fields.number("createdMs"),
                        fields.number("inProgressMs"),
                        fields.number("finalizingMs"),
                        fields.number("endedMs")),
                new Counts(fields.number("total"), fields.number("completed"), fields.number("failed")),
                new Files(fields.text("outputFile"), fields.text("errorFile")),
                JobTokens.of(fields),
                fields.list("problems").stream()
                        .map(problem ->
                                new Problem(problem.text("code"), problem.text("message"), problem.number("line")))
                        .toList());
    }
}
