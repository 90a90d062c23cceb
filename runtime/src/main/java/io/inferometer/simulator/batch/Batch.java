package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.JsonText;
import io.inferometer.simulator.protocol.Protocol;
import io.inferometer.simulator.protocol.Usage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is known of one job. Confined to the thread of its {@link Batches}. */
final class Batch {
    private final String id;
    private final Terms terms;
    private final Map<BatchStatus, Long> since = new EnumMap<>(BatchStatus.class);
    private BatchStatus status;
    private List<String> errors = List.of();
    private String model;
    private int total;
    private int completed;
    private int failed;
    private Usage usage = Usage.NONE;
    private String outputFile;
    private String errorFile;

    /**
     * What a client asked for.
     *
     * @param input the file of its requests
     * @param endpoint the path that they go to
     * @param protocol what is spoken there
     * @param window the time in which it is to be done, as it was written
     * @param windowNanos the same
     * @param metadata what was sent along, as JSON
     */
    record Terms(
            StoredFile input, String endpoint, Protocol protocol, String window, long windowNanos, String metadata) {}

    Batch(String id, Terms terms) {
        this.id = id;
        this.terms = terms;
        become(BatchStatus.VALIDATING);
    }

    String id() {
        return id;
    }

    Terms terms() {
        return terms;
    }

    BatchStatus status() {
        return status;
    }

    void become(BatchStatus newStatus) {
        status = newStatus;
        since.put(newStatus, System.currentTimeMillis() / 1000);
    }

    void fail(List<String> newErrors) {
        errors = newErrors;
        become(BatchStatus.FAILED);
    }

    /** Its file has been found good. */
    void accept(InputCheck.Outcome outcome) {
        model = outcome.model();
        total = outcome.lines();
    }

    /** A line has ended. */
    void count(LineRunner.Result result) {
        if (result.ok()) {
            completed++;
        } else {
            failed++;
        }
        usage = usage.plus(result.usage());
    }

    int ended() {
        return completed + failed;
    }

    int total() {
        return total;
    }

    /** What it has written; null for nothing. */
    void wrote(String newOutputFile, String newErrorFile) {
        outputFile = newOutputFile;
        errorFile = newErrorFile;
    }

    /** The batch object of the API. */
    String json() {
        StringBuilder json = new StringBuilder("{\"id\":\"" + id + "\",\"object\":\"batch\",\"endpoint\":"
                + JsonText.quote(terms.endpoint()) + ",\"model\":" + JsonText.quote(model) + ",\"errors\":"
                + (errors.isEmpty() ? "null" : "{\"object\":\"list\",\"data\":[" + String.join(",", errors) + "]}")
                + ",\"input_file_id\":\"" + terms.input().id() + "\",\"completion_window\":"
                + JsonText.quote(terms.window()) + ",\"status\":\"" + status.word() + "\",\"output_file_id\":"
                + JsonText.quote(outputFile) + ",\"error_file_id\":" + JsonText.quote(errorFile));
        for (BatchStatus each : BatchStatus.values()) {
            json.append(",\"").append(each.since()).append("\":").append(since.get(each));
        }
        long windowSeconds = terms.windowNanos() / 1_000_000_000;
        return json.append(",\"expires_at\":").append(since.get(BatchStatus.VALIDATING) + windowSeconds)
                + ",\"request_counts\":{\"total\":" + total + ",\"completed\":" + completed + ",\"failed\":" + failed
                + "},\"usage\":" + usage.responses() + ",\"metadata\":" + terms.metadata() + "}";
    }
}
