package io.inferometer.harness.fork;

import io.inferometer.harness.resume.Resumption;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The journals of a run's forks: beside its own, or where files of no account go if it keeps none. */
public final class ForkJournals {
    private static final String JOURNAL = ".journal.jsonl";
    private static final String MEMBER = ".member";
    private static final String NUMBERS = "\\.fork([1-9]\\d*)(?:\\" + MEMBER + "([1-9]\\d*))?" + Pattern.quote(JOURNAL);
    private static final Pattern LEFT = Pattern.compile(NUMBERS + "$");

    /** How long a fork may take to end whose run was killed: somewhat longer than until it is halted. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Plan plan;

    public ForkJournals(Plan plan) {
        this.plan = plan;
    }

    /**
     * Deletes what a fork of a run that was killed has left, which is not gone on with: it would be read as if this run's
     * fork had written it.
     *
     * @throws UsageException if there is such a file, and the user did not allow to replace files
     */
    public void makeRoom() throws IOException, InterruptedException {
        for (Path left : left()) {
            if (!Journal.awaitWriter(left, Duration.ZERO)) {
                throw new UsageException("the journal " + left
                        + " of a fork is still being written; end its run first, or name another with --journal FILE");
            }
            if (plan.files().force()) {
                Journal.delete(left);
            } else {
                throw new UsageException("the journal " + left
                        + " of an earlier fork exists; --force replaces it, --journal FILE names another");
            }
        }
    }

    /**
     * Adds to the journal of a run that was killed what its forks have left beside it, as far as it is new, and deletes
     * that.
     *
     * @return whether there was anything
     * @throws UsageException if a fork still writes
     */
    public boolean takeOver(Resumption known) throws IOException, InterruptedException {
        Map<Integer, SortedMap<Integer, Path>> left = leftOfForks();
        if (left.isEmpty()) {
            return false;
        }
        for (SortedMap<Integer, Path> fork : left.values()) {
            for (Path member : fork.values()) {
                awaitEnd(member);
            }
        }
        try (Journal journal = Journal.resume(plan.files().journal().orElseThrow())) {
            for (SortedMap<Integer, Path> fork : left.values()) {
                add(new LeftBehind(fork, known, plan.course().agents().isEmpty()), journal);
                journal.flush();
                for (Path member : fork.values()) {
                    Journal.delete(member);
                }
            }
        }
        return true;
    }

    private static void awaitEnd(Path member) throws IOException, InterruptedException {
        if (!Journal.awaitWriter(member, PATIENCE)) {
            throw new UsageException(
                    "a fork of the run has not ended, and still writes " + member + "; resume the run when it has");
        }
    }

    private static void add(LeftBehind fork, Journal journal) {
        try {
            fork.addTo(journal);
        } catch (IOException e) {
            throw new UsageException(
                    e.getMessage() + "; without that file the run is resumed from its own journal alone");
        }
    }

    /** Deletes what forks have left of a run that has done nothing: it would only be in the way of the next one. */
    public void clear() throws IOException {
        for (Path left : left()) {
            Journal.delete(left);
        }
    }

    /** The same by the numbers of forks and of their members, from 0. */
    private Map<Integer, SortedMap<Integer, Path>> leftOfForks() throws IOException {
        Map<Integer, SortedMap<Integer, Path>> forks = new TreeMap<>();
        for (Path path : left()) {
            Matcher name = LEFT.matcher(path.getFileName().toString());
            if (name.find()) {
                int member = name.group(2) == null ? 0 : Integer.parseInt(name.group(2)) - 1;
                forks.computeIfAbsent(Integer.parseInt(name.group(1)) - 1, none -> new TreeMap<>())
                        .put(member, path);
            }
        }
        return forks;
    }

    /** What members have left of forks, however many there were. */
    private List<Path> left() throws IOException {
        if (plan.files().journal().isEmpty()) {
            return List.of();
        }
        Path own = plan.files().journal().get().toAbsolutePath();
        Pattern named = Pattern.compile(Pattern.quote(stem(own)) + NUMBERS);
        if (!Files.isDirectory(own.getParent())) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return beside.filter(
                            path -> named.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .map(path -> plan.files().journal().get().resolveSibling(path.getFileName()))
                    .toList();
        }
    }

    /** Where a member keeps its journal of a fork. */
    public Path of(int fork, int member, int members) throws IOException {
        String ending = ".fork" + (fork + 1) + (members > 1 ? MEMBER + (member + 1) : "") + JOURNAL;
        if (plan.files().journal().isEmpty()) {
            return Files.createTempDirectory("inferometer").resolve("run" + ending);
        }
        Path own = plan.files().journal().get();
        return own.resolveSibling(stem(own) + ending);
    }

    private static String stem(Path own) {
        String name = own.getFileName().toString();
        return name.endsWith(JOURNAL) ? name.substring(0, name.length() - JOURNAL.length()) : name;
    }

    /** Deletes a member's journal, all of which is in that of the run. */
    public void forget(Path journal) throws IOException {
        Journal.delete(journal);
        if (plan.files().journal().isEmpty()) {
            Files.deleteIfExists(journal.getParent());
        }
    }
}
