package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.AnswerFiles;
import io.inferometer.endpoint.batch.BatchApi;
import io.inferometer.endpoint.batch.ControlException;
import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.record.batch.JobAnswers;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.JobListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The steps of a job, those that are left: upload, creation, looks until its end, files. One thread takes them; others may
 * wait for how far it has come.
 */
final class JobSteps {
    private static final Duration AWAITED = Duration.ofMillis(500);
    private static final Duration GIVE_UP = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_LOOKING = Duration.ofMinutes(30);
    /** A job that was just made may not be known everywhere at once. */
    private static final int UNKNOWN_AT_FIRST = 5;

    private final JobPlan plan;
    private final RequestsFile requests;
    private final BatchApi api;
    private final Patience patience;
    private final JobLog log;
    private final JobListener listener;
    private final UnaryOperator<String> redact;
    private final List<Path> files = new ArrayList<>();

    JobSteps(
            JobPlan plan,
            RequestsFile requests,
            BatchApi api,
            Patience patience,
            JobLog log,
            JobListener listener,
            UnaryOperator<String> redact) {
        this.plan = plan;
        this.requests = requests;
        this.api = api;
        this.patience = patience;
        this.log = log;
        this.listener = listener;
        this.redact = redact;
    }

    /** Takes them all. */
    void take() throws ControlException, IOException, InterruptedException {
        if (log.last().isEmpty()) {
            looked(create(upload()));
        } else {
            listener.told("goes on with the job " + log.last().get().id());
        }
        while (!log.last().orElseThrow().ended()) {
            patience.pause(pause());
            looked(look(log.last().orElseThrow().id()));
        }
        fetch(log.last().orElseThrow());
    }

    /** A load that is to run beside the job waits for it to run, which a short one does not do for long. */
    private Duration pause() {
        boolean awaited = plan.beside().isPresent()
                && log.last().filter(JobState::running).isEmpty();
        return awaited && plan.poll().compareTo(AWAITED) > 0 ? AWAITED : plan.poll();
    }

    /** The endpoint's name for the file. */
    private String upload() throws ControlException, InterruptedException {
        String known = log.read(JobHistory::uploaded);
        if (known.isEmpty()) {
            Path file = Path.of(requests.file().path());
            String named = plan.trial().binding().descriptor().name().replaceAll("[^A-Za-z0-9._-]", "_");
            known = patience.call("sending the file", whileNotReady(), () -> api.upload(file, named));
            String id = known;
            log.add(history -> history.uploaded(id));
        }
        return known;
    }

    /** An endpoint that is not there yet may be waited for, as before a run. */
    private Duration whileNotReady() {
        return plan.plan()
                .client()
                .preFlight()
                .filter(asked -> asked.compareTo(GIVE_UP) > 0)
                .orElse(GIVE_UP);
    }

    /** Makes the job, unless the endpoint has it: whoever asked for it may not have heard of it. */
    private JobState create(String file) throws ControlException, InterruptedException {
        String before = log.read(JobHistory::name);
        String name = before.isEmpty() ? "inferometer-" + UUID.randomUUID() : before;
        if (before.isEmpty()) {
            log.add(history -> history.creating(name));
        }
        boolean[] mayBeThere = {!before.isEmpty()};
        return patience.call("creating the job", GIVE_UP, () -> {
            Optional<JobState> there = mayBeThere[0] ? find(name) : Optional.empty();
            mayBeThere[0] = true;
            if (there.isPresent()) {
                listener.told(
                        "the endpoint has the job already, as " + there.get().id());
                return there.get();
            }
            return api.create(file, requests.file().url(), plan.window(), name);
        });
    }

    private Optional<JobState> find(String name) throws ControlException, InterruptedException {
        try {
            return api.find(name);
        } catch (ControlException e) {
            if (e.passing()) {
                throw e;
            }
            throw e.saying("it can't be told whether the job was created, and it is not created twice: look at the"
                    + " endpoint for a batch whose metadata has inferometer_job " + name + " (" + e.getMessage() + ")");
        }
    }

    private JobState look(String id) throws ControlException, InterruptedException {
        int[] unknown = {log.read(history -> history.looks().size()) > 1 ? UNKNOWN_AT_FIRST : 0};
        return patience.call(
                "looking at the job",
                GIVE_UP_LOOKING,
                e -> e.passing() || e.status() == 404 && ++unknown[0] < UNKNOWN_AT_FIRST,
                () -> api.look(id));
    }

    private void looked(JobState state) {
        log.add(history -> history.look(masked(state)));
        listener.looked(state, log.running());
    }

    private JobState masked(JobState state) {
        return new JobState(
                state.atMillis(),
                state.id(),
                state.status(),
                state.stamps(),
                state.counts(),
                state.files(),
                state.tokens(),
                state.problems().stream()
                        .map(problem -> new JobState.Problem(
                                redact.apply(problem.code()), redact.apply(problem.message()), problem.line()))
                        .toList());
    }

    private void fetch(JobState end) throws ControlException, IOException, InterruptedException {
        AnswerFiles answers = new AnswerFiles(requests.ids(), redact);
        boolean any = false;
        for (Fetched file : List.of(
                new Fetched(end.files().output(), JobPlan.OUTPUT),
                new Fetched(end.files().error(), JobPlan.ERRORS))) {
            if (!file.id.isEmpty()) {
                Path to = plan.file(file.ending);
                patience.call("fetching " + to, GIVE_UP, () -> {
                    api.download(file.id, to);
                    return to;
                });
                answers.add(to);
                files.add(to);
                any = true;
            }
        }
        if (any || end.status().equals(JobState.COMPLETED)) {
            JobAnswers read = answers.answers();
            log.add(history -> history.answers(read));
        }
    }

    private record Fetched(String id, String ending) {}

    /** Asks the endpoint to cancel the job, if there is one; says what came of it. */
    Optional<String> cancel() throws InterruptedException {
        Optional<JobState> last = log.last().filter(state -> !state.ended());
        if (last.isEmpty()) {
            return Optional.empty();
        }
        String id = last.get().id();
        try {
            looked(api.cancel(id));
            return Optional.of(
                    "the job " + id + " is " + log.last().orElseThrow().status() + " as asked");
        } catch (ControlException e) {
            return Optional.of("the job " + id + " could not be cancelled, and goes on: " + e.getMessage());
        }
    }

    /** What came of the job, on this machine. */
    List<Path> files() {
        return files;
    }
}
