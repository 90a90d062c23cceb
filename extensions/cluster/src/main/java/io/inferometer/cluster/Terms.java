package io.inferometer.cluster;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent does for nobody, whoever calls: start other JVMs than its own, have variables set that no workload takes,
 * read a file that the caller has not himself, send what is its own to hosts that it was not told of. It is looked at in the
 * plans that the agent has made itself: nothing of a caller's program is taken on trust.
 */
final class Terms {
    private final AllowedHosts allowed;

    Terms(AllowedHosts allowed) {
        this.allowed = allowed;
    }

    /**
     * Why a run can't be done here.
     *
     * @param plans what the agent has made of the call's words
     * @return empty if it can
     * @throws IOException if a file can't be read
     */
    String refusal(Call call, List<Plan> plans) throws IOException {
        List<Trial> trials =
                plans.stream().flatMap(plan -> plan.trials().stream()).toList();
        if (!plans.stream().allMatch(Terms::onAgents)) {
            return "it is asked for something else than a run on agents";
        }
        Set<String> known = Needs.variables(trials);
        for (String variable : call.variables().keySet()) {
            if (!known.contains(variable)) {
                return "its variable " + variable + " is its own: no workload of the run takes that for an option";
            }
        }
        Optional<String> host =
                plans.stream().flatMap(plan -> allowed.refusal(plan).stream()).findFirst();
        return host.isPresent() ? host.get() : files(call.files(), trials);
    }

    /** Without that a plan may name a JVM, or options of one, either of which would be a way to run anything. */
    private static boolean onAgents(Plan plan) {
        return plan.course().agents().isPresent()
                && plan.trials().stream()
                        .allMatch(trial -> trial.forks().jvm().isEmpty()
                                && trial.forks().jvmArgs().isEmpty());
    }

    /** @param given the files that the run has, and their hashes */
    private static String files(Map<String, String> given, List<Trial> trials) throws IOException {
        for (String name : Needs.files(trials)) {
            Optional<Path> here = existing(name);
            String hash = given.get(name);
            if (here.isEmpty() && hash != null) {
                return "it lacks the file " + name + " (looked for from "
                        + Path.of("").toAbsolutePath() + ")";
            }
            // What has no end has no hash.
            if (here.isPresent()
                    && !(hash != null
                            && Files.isRegularFile(here.get())
                            && Hash.of(here.get()).equals(hash))) {
                return "its file " + name + " is not the one that this run has";
            }
        }
        return "";
    }

    /** What is there by a name and can be read: a file or a device, no directory. */
    static Optional<Path> existing(String name) {
        try {
            return Optional.of(Path.of(name)).filter(path -> Files.isReadable(path) && !Files.isDirectory(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
