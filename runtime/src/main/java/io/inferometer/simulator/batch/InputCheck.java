package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the file of a job before any of its lines runs: all that is wrong with it, by line. */
final class InputCheck {
    static final int MOST_LINES = 50_000;
    static final long MOST_BYTES = 200_000_000;
    private static final int MOST_ERRORS = 100;

    private final List<String> models;
    private final List<String> errors = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private String model;
    private int lines;

    /** A check against these models; empty for any. */
    private InputCheck(List<String> models) {
        this.models = models;
    }

    /**
     * What came of a check.
     *
     * @param lines how many requests there are
     * @param model the model of all of them
     * @param errors what is wrong, as JSON objects; none if the job can run
     */
    record Outcome(int lines, String model, List<String> errors) {
        /** A file that can't be checked. */
        static Outcome broken(String code, String message) {
            return new Outcome(0, null, List.of(problem(code, message, null, 0)));
        }
    }

    static Outcome of(StoredFile file, String endpoint, List<String> models) throws IOException {
        InputCheck check = new InputCheck(models);
        check.file(file, endpoint);
        return new Outcome(check.lines, check.model, List.copyOf(check.errors));
    }

    private void file(StoredFile file, String endpoint) throws IOException {
        if (file.bytes() > MOST_BYTES) {
            error("file_too_large", "The file is longer than " + MOST_BYTES + " bytes.", null, 0);
            return;
        }
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file.path())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(line, number, endpoint);
                }
                if (lines > MOST_LINES) {
                    error("too_many_requests", "The file has more than " + MOST_LINES + " requests.", null, number);
                    return;
                }
            }
        } catch (MalformedInputException e) {
            error("invalid_encoding", "The file is not in UTF-8.", null, number + 1);
        }
        if (lines == 0 && errors.isEmpty()) {
            error("empty_file", "The file has no request.", null, 0);
        }
    }

    private void line(String text, int number, String endpoint) {
        lines++;
        try {
            BatchLine line = BatchLine.read(text, endpoint);
            if (!ids.add(line.customId())) {
                error(
                        "duplicate_custom_id",
                        "The custom_id '" + line.customId() + "' is that of another request of the file.",
                        "custom_id",
                        number);
            }
            if (model == null) {
                model = line.model();
            }
            if (!line.model().equals(model)) {
                error(
                        "mismatched_model",
                        "The model '" + line.model() + "' is not that of the other requests, '" + model + "'.",
                        "body.model",
                        number);
            } else if (!models.isEmpty() && !models.contains(model)) {
                error(
                        "model_not_found",
                        "No model '" + model + "'; served: " + String.join(", ", models) + ".",
                        "body.model",
                        number);
            }
        } catch (ApiException e) {
            error(e.code(), e.getMessage(), e.param(), number);
        }
    }

    /** Takes an error; {@code line} is 0 where it is of no line. */
    private void error(String code, String message, String param, int line) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(problem(code, message, param, line));
        }
    }

    private static String problem(String code, String message, String param, int line) {
        return "{\"code\":" + JsonText.quote(code) + ",\"message\":" + JsonText.quote(message) + ",\"param\":"
                + JsonText.quote(param) + ",\"line\":" + (line == 0 ? "null" : "" + line) + "}";
    }
}
