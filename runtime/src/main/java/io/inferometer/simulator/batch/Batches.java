package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.ApiException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The jobs of an endpoint, from their creation to their end. One runs at a time; the others wait for it, and are told to be
 * validated meanwhile. Confined to one thread, on which all methods are called.
 */
final class Batches {
    private static final int MOST = 1_000;
    private static final System.Logger LOG = System.getLogger(Batches.class.getName());

    private final String run;
    private final BatchConduct conduct;
    private final List<String> models;
    private final LineRunner runner;
    private final FileStore files;
    private final ScheduledExecutorService thread;
    private final ScheduledExecutorService checks;
    private final Map<String, Batch> all = new LinkedHashMap<>();
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private BatchJob active;

    /**
     * Jobs.
     *
     * @param run a word of this endpoint, so that the jobs of another one are not found here
     * @param models the models that are served; empty for any
     * @param thread where all methods are called, and all that follows from them
     * @param checks where files are checked
     */
    Batches(
            String run,
            BatchConduct conduct,
            List<String> models,
            LineRunner runner,
            FileStore files,
            ScheduledExecutorService thread,
            ScheduledExecutorService checks) {
        this.run = run;
        this.conduct = conduct;
        this.models = models;
        this.runner = runner;
        this.files = files;
        this.thread = thread;
        this.checks = checks;
    }

    /**
     * Creates a job.
     *
     * @throws ApiException status 429 if there are too many
     */
    Batch create(Batch.Terms terms) throws ApiException {
        if (all.size() >= MOST) {
            throw ApiException.of(
                    HttpResponseStatus.TOO_MANY_REQUESTS,
                    "at most " + MOST + " batches are kept",
                    "invalid_request_error",
                    "batch_limit_exceeded");
        }
        Batch batch = new Batch("batch_" + run + "_" + (all.size() + 1), terms);
        all.put(batch.id(), batch);
        long created = System.nanoTime();
        later(terms.windowNanos(), () -> expire(batch));
        checks.execute(() -> {
            InputCheck.Outcome outcome = check(terms);
            thread.execute(() -> checked(batch, outcome, created));
        });
        return batch;
    }

    private InputCheck.Outcome check(Batch.Terms terms) {
        try {
            return InputCheck.of(terms.input(), terms.endpoint(), models);
        } catch (IOException e) {
            return InputCheck.Outcome.broken("invalid_file", "The file can't be read any more.");
        }
    }

    private void checked(Batch batch, InputCheck.Outcome outcome, long createdNanos) {
        if (!batch.status().live()) {
            return;
        }
        if (!outcome.errors().isEmpty()) {
            batch.fail(outcome.errors());
            return;
        }
        batch.accept(outcome);
        later(createdNanos + conduct.queueNanos() - System.nanoTime(), () -> {
            waiting.add(batch);
            next();
        });
    }

    private void next() {
        while (active == null && !waiting.isEmpty()) {
            Batch batch = waiting.remove();
            if (batch.status().live()) {
                active = job(batch);
                batch.become(BatchStatus.IN_PROGRESS);
                active.run();
            }
        }
    }

    private BatchJob job(Batch batch) {
        return new BatchJob(batch, conduct, runner, files, thread, this::ended);
    }

    private void ended(BatchJob job) {
        if (job == active) {
            active = null;
            next();
        }
    }

    private void expire(Batch batch) {
        if (batch.status().live()) {
            jobOf(batch).expire();
        }
    }

    /** Cancels a job. */
    Batch cancel(String id) throws ApiException {
        Batch batch = get(id);
        if (!batch.status().live()) {
            throw ApiException.invalid(
                    HttpResponseStatus.CONFLICT,
                    "batch '" + id + "' can't be cancelled: it is "
                            + batch.status().word(),
                    null,
                    null);
        }
        jobOf(batch).cancel();
        return batch;
    }

    private BatchJob jobOf(Batch batch) {
        return active != null && active.batch() == batch ? active : job(batch);
    }

    Batch get(String id) throws ApiException {
        Batch batch = all.get(id);
        if (batch == null) {
            throw ApiException.invalid(HttpResponseStatus.NOT_FOUND, "no batch '" + id + "' here", "id", "not_found");
        }
        return batch;
    }

    /** All jobs, the newest first. */
    Collection<Batch> all() {
        List<Batch> newest = new ArrayList<>(all.values());
        Collections.reverse(newest);
        return newest;
    }

    private void later(long nanos, Runnable task) {
        thread.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.WARNING, "a job of the simulated endpoint failed", e);
                    }
                },
                Math.max(0, nanos),
                TimeUnit.NANOSECONDS);
    }
}
