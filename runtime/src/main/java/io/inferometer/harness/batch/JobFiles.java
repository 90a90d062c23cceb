package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.JobRequests;
import io.inferometer.plan.UsageException;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobHistory.JobFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file with a job's requests: the user's own, or one that is made of a workload. */
final class JobFiles {
    private final JobPlan plan;
    private final JobRequests made;
    private final String url;

    /** @param url what the lines of a file that is made call the API */
    JobFiles(JobPlan plan, JobRequests made, String url) {
        this.plan = plan;
        this.made = made;
        this.url = url;
    }

    /**
     * Makes sure of the files that will be written, before anything is.
     *
     * @throws UsageException if one of them exists and is not to be replaced
     */
    static void check(JobPlan plan) {
        if (plan.plan().resumes() || plan.plan().files().force()) {
            return;
        }
        for (String ending : List.of(JobPlan.REQUESTS, JobPlan.OUTPUT, JobPlan.ERRORS)) {
            Path file = plan.file(ending);
            if (Files.exists(file)
                    && !(ending.equals(JobPlan.REQUESTS) && plan.file().isPresent())) {
                throw new UsageException(file + " exists; --force replaces it, --journal FILE names others");
            }
        }
    }

    /** The requests; makes their file where there is none yet, and adds to the history what is new in it. */
    RequestsFile requests(JobHistory history) throws HarnessException, IOException, InterruptedException {
        Optional<JobFile> before = history.file();
        if (before.isEmpty() && plan.file().isEmpty()) {
            make(plan.file(JobPlan.REQUESTS));
        }
        RequestsFile requests = plan.file().isPresent() ? plan.file().get() : read(plan.file(JobPlan.REQUESTS));
        if (before.isEmpty()) {
            history.file(requests.file());
        } else if (!before.get().alike(requests.file())) {
            throw new UsageException(requests.file().path() + " has changed since the job was made of it");
        }
        return requests;
    }

    private static RequestsFile read(Path path) throws IOException {
        try {
            return RequestsFile.read(path);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void make(Path path) throws HarnessException, IOException, InterruptedException {
        long written;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            written =
                    made.make(plan.requests(), (index, body) -> RequestsFile.write(out, "request-" + index, url, body));
        }
        if (written == 0) {
            throw new UsageException(plan.trial().binding().descriptor().name() + " has no requests");
        }
    }
}
