package io.inferometer.record.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that has happened with a job, in its order; a journal keeps each step as a line. For one thread at a time.
 *
 * <p>A job's name is written before the job is created, and given to the endpoint with it: whoever finds the name here and
 * no look at the job asks the endpoint whether it has a job of that name.
 */
public final class JobHistory {
    private final Kept kept;
    private final List<JobState> looks = new ArrayList<>();
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private Optional<JobFile> file = Optional.empty();
    private String uploaded = "";
    private String name = "";
    private long retries;
    private Optional<JobAnswers> answers = Optional.empty();

    /** Keeps a line: what happened, in a word, and its fields. */
    @FunctionalInterface
    public interface Kept {
        /**
         * Takes a line of what happened.
         *
         * @param what the kind of line
         * @param fields numbers, texts, lists and maps that any JSON library writes
         */
        void line(String what, Map<String, Object> fields);
    }

    /**
     * The file with a job's requests.
     *
     * @param path where it is
     * @param requests how many requests it has
     * @param bytes how long it is
     * @param url the path of the API that all of them are for
     * @param model the model that all of them ask for; empty for none
     */
    public record JobFile(String path, long requests, long bytes, String url, String model) {
        /**
         * {@return whether it is as another, wherever that is: a path may be spelt in several ways}
         *
         * @param other of an earlier run
         */
        public boolean alike(JobFile other) {
            return requests == other.requests
                    && bytes == other.bytes
                    && url.equals(other.url)
                    && model.equals(other.model);
        }
    }

    /** When, in milliseconds of the client's epoch, a phase of the load beside a job began and ended. */
    public record Phase(long fromMillis, long toMillis) {}

    /** One that is told again, and keeps nothing. */
    public JobHistory() {
        this((what, fields) -> {});
    }

    /** @param kept takes each line as it happens */
    public JobHistory(Kept kept) {
        this.kept = kept;
    }

    /**
     * One that goes on with another.
     *
     * @param before what happened until now
     * @param kept takes each further line as it happens
     */
    public JobHistory(JobHistory before, Kept kept) {
        this(kept);
        looks.addAll(before.looks);
        phases.putAll(before.phases);
        file = before.file;
        uploaded = before.uploaded;
        name = before.name;
        retries = before.retries;
        answers = before.answers;
    }

    /**
     * The requests are known.
     *
     * @param known where they are, and how many
     */
    public void file(JobFile known) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", known.path);
        map.put("requests", known.requests);
        map.put("bytes", known.bytes);
        map.put("url", known.url);
        map.put("model", known.model);
        add("file", map);
    }

    /**
     * The endpoint has the file, under a name of its own.
     *
     * @param id the endpoint's name for it
     */
    public void uploaded(String id) {
        add("uploaded", Map.of("id", id));
    }

    /**
     * The job is about to be created, under this name.
     *
     * @param own sent with it, by which it is found again
     */
    public void creating(String own) {
        add("creating", Map.of("name", own));
    }

    /**
     * The endpoint was looked at.
     *
     * @param state what it told
     */
    public void look(JobState state) {
        add("look", state.toMap());
    }

    /**
     * The endpoint was asked in vain, and is asked again.
     *
     * @param what what it was asked for
     * @param why on one line
     */
    public void retry(String what, String why) {
        add("retry", Map.of("what", what, "why", why));
    }

    /**
     * The files that came of it have been read.
     *
     * @param read what they say
     */
    public void answers(JobAnswers read) {
        add("answers", read.toMap());
    }

    /**
     * A phase of the load beside it has ended.
     *
     * @param named which phase: before, during or after the job
     * @param phase when it was, and what of it was measured
     */
    public void phase(String named, Phase phase) {
        add("phase", Map.of("name", named, "fromMs", phase.fromMillis, "toMs", phase.toMillis));
    }

    private void add(String what, Map<String, Object> map) {
        kept.line(what, map);
        tell(what, map);
    }

    /**
     * Takes a line that was kept; what is not known is skipped.
     *
     * @param what the kind of line
     * @param map its fields
     */
    public void tell(String what, Map<String, Object> map) {
        Fields fields = new Fields(map);
        switch (what) {
            case "file" ->
                file = Optional.of(new JobFile(
                        fields.text("path"),
                        fields.number("requests"),
                        fields.number("bytes"),
                        fields.text("url"),
                        fields.text("model")));
            case "uploaded" -> uploaded = fields.text("id");
            case "creating" -> name = fields.text("name");
            case "look" -> looks.add(JobState.of(fields));
            case "retry" -> retries++;
            case "answers" -> answers = Optional.of(JobAnswers.of(fields));
            case "phase" -> phases.put(fields.text("name"), new Phase(fields.number("fromMs"), fields.number("toMs")));
            default -> {}
        }
    }

    /** {@return the file with its requests, once they are known} */
    public Optional<JobFile> file() {
        return file;
    }

    /** {@return the endpoint's name for the file; empty until it has it} */
    public String uploaded() {
        return uploaded;
    }

    /** {@return the job's own name; empty until it was about to be created} */
    public String name() {
        return name;
    }

    /** {@return the looks at it, in their order} */
    public List<JobState> looks() {
        return List.copyOf(looks);
    }

    /** {@return the last look at it; empty where it may not have been created} */
    public Optional<JobState> last() {
        return looks.isEmpty() ? Optional.empty() : Optional.of(looks.get(looks.size() - 1));
    }

    /** {@return how often the endpoint was asked in vain and asked again} */
    public long retries() {
        return retries;
    }

    /** {@return what its files say, once they have been read} */
    public Optional<JobAnswers> answers() {
        return answers;
    }

    /** {@return the phases of the load beside it that have ended, by their names} */
    public Map<String, Phase> phases() {
        return Map.copyOf(phases);
    }
}
