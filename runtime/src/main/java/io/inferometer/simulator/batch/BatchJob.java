package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.JsonText;
import io.inferometer.simulator.protocol.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the lines of a job, so many at once, and writes what became of each. Confined to one thread. */
final class BatchJob {
    private static final String FAILURE =
            "{\"error\":{\"message\":\"the line failed, as the profile says\",\"type\":\"server_error\",\"param\":null,"
                    + "\"code\":\"internal_error\"}}";
    private static final String EXPIRED =
            "{\"code\":\"batch_expired\",\"message\":\"This request was not executed before the batch expired.\"}";

    private final Batch batch;
    private final BatchConduct conduct;
    private final LineRunner runner;
    private final FileStore files;
    private final ScheduledExecutorService thread;
    private final Consumer<BatchJob> ended;
    private final LineFile output;
    private final LineFile errors;
    /** The lines that run, by their numbers. */
    private final Map<Integer, Running> running = new LinkedHashMap<>();

    private BufferedReader input;
    private int begun;

    /** A job that {@code ended} is told of at its end. */
    BatchJob(
            Batch batch,
            BatchConduct conduct,
            LineRunner runner,
            FileStore files,
            ScheduledExecutorService thread,
            Consumer<BatchJob> ended) {
        this.batch = batch;
        this.conduct = conduct;
        this.runner = runner;
        this.files = files;
        this.thread = thread;
        this.ended = ended;
        this.output = new LineFile(files);
        this.errors = new LineFile(files);
    }

    private record Running(BatchLine line, LineRunner.Run run) {}

    Batch batch() {
        return batch;
    }

    /** Begins its lines. */
    void run() {
        guarded(this::fill);
    }

    /** A step that can't be taken, as of a disk that is full, ends the job. */
    private void guarded(Step step) {
        try {
            step.take();
        } catch (IOException | UncheckedIOException e) {
            stop();
            batch.fail(InputCheck.Outcome.broken(
                            "server_error", "The files of the batch can't be read or written: " + e.getMessage())
                    .errors());
            ended.accept(this);
        }
    }

    /** What a job does next. */
    private interface Step {
        void take() throws IOException;
    }

    /** Begins lines until as many run as may. */
    private void fill() throws IOException {
        while (running.size() < conduct.running()) {
            BatchLine line = nextLine();
            if (line == null) {
                break;
            }
            begin(line, ++begun);
        }
        if (running.isEmpty()) {
            finish(BatchStatus.FINALIZING, BatchStatus.COMPLETED);
        }
    }

    private void begin(BatchLine line, int number) {
        Consumer<LineRunner.Result> done = result -> thread.execute(() -> guarded(() -> end(number, result)));
        if (conduct.fails(number)) {
            running.put(number, new Running(line, () -> {}));
            done.accept(new LineRunner.Result(500, FAILURE, Usage.NONE));
        } else {
            running.put(number, new Running(line, runner.begin(batch.terms().protocol(), line.body(), done)));
        }
    }

    /** The next line of the file, or null after the last one. All of them have been checked. */
    private BatchLine nextLine() throws IOException {
        if (input == null) {
            input = Files.newBufferedReader(batch.terms().input().path());
        }
        String line = input.readLine();
        while (line != null && line.isBlank()) {
            line = input.readLine();
        }
        try {
            return line == null ? null : BatchLine.read(line, batch.terms().endpoint());
        } catch (ApiException e) {
            throw new IOException("a line has changed since it was checked", e);
        }
    }

    private void end(int number, LineRunner.Result result) throws IOException {
        Running line = running.remove(number);
        if (line == null) {
            return; // it was stopped
        }
        batch.count(result);
        String response = "{\"status_code\":" + result.status() + ",\"request_id\":\"req_" + number + "\",\"body\":"
                + result.body() + "}";
        (result.ok() ? output : errors).write(written(number, line.line, response, "null"));
        fill();
    }

    private String written(int number, BatchLine line, String response, String error) {
        return "{\"id\":\"batch_req_" + number + "\",\"custom_id\":" + JsonText.quote(line.customId())
                + ",\"response\":" + response + ",\"error\":" + error + "}";
    }

    /** The time is up: what has not ended by now is told to have expired. */
    void expire() {
        guarded(this::expireLines);
    }

    private void expireLines() throws IOException {
        List<Map.Entry<Integer, Running>> left = List.copyOf(running.entrySet());
        stopLines();
        left.forEach(entry -> expired(entry.getKey(), entry.getValue().line));
        for (BatchLine line = nextLine(); line != null; line = nextLine()) {
            expired(++begun, line);
        }
        finish(BatchStatus.FINALIZING, BatchStatus.EXPIRED);
    }

    private void expired(int number, BatchLine line) {
        errors.write(written(number, line, "null", EXPIRED));
    }

    /** Its client does not want it any more. */
    void cancel() {
        stopLines();
        finish(BatchStatus.CANCELLING, BatchStatus.CANCELLED);
    }

    private void stopLines() {
        running.values().forEach(line -> line.run.cancel());
        running.clear();
    }

    private void finish(BatchStatus meanwhile, BatchStatus end) {
        batch.become(meanwhile);
        thread.schedule(
                () -> guarded(() -> {
                    stop();
                    batch.wrote(output.keep(batch.id() + "_output.jsonl"), errors.keep(batch.id() + "_error.jsonl"));
                    batch.become(end);
                    ended.accept(this);
                }),
                conduct.finalizingNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void stop() {
        stopLines();
        if (input != null) {
            try {
                input.close();
            } catch (IOException e) {
                // It has been read.
            }
        }
    }
}
