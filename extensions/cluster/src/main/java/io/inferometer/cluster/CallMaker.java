package io.inferometer.cluster;

import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.harness.member.MemberProvider;
import io.inferometer.harness.member.Share;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.report.header.RunHeader;
import io.inferometer.secret.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the calls of a run. An agent gets the words that this run was asked for with, and the variables that its workloads
 * take for options and parameters; never a key, which is in its own environment.
 */
final class CallMaker {
    private static final String RESUME = "--resume";

    private final MemberProvider.Wanted wanted;
    private final String run = ClusterProvider.runName();
    private final String jar;
    private final List<List<String>> words;
    private final Map<String, String> variables;
    private final Map<String, String> files;

    /** @throws UsageException if a secret would have to travel */
    CallMaker(MemberProvider.Wanted wanted) throws IOException {
        this.wanted = wanted;
        List<Trial> trials = wanted.plan().trials();
        for (Trial trial : trials) {
            Secrets.spelledOut(trial.everyRequest().headers()).ifPresent(header -> {
                throw new UsageException("--agents: the header " + header
                        + " holds a secret, and no secret is sent to an agent: write its value as ${NAME}, a variable"
                        + " of each agent's own environment");
            });
        }
        for (Trial trial : trials) {
            if (!trial.endpoint().simulated()
                    && URI.create(trial.endpoint().url()).getUserInfo() != null) {
                throw new UsageException(
                        "--agents: the endpoint's URL holds a password, and no secret is sent to an agent;"
                                + " send it as a header of a variable, as in --header 'Authorization: Basic ${NAME}'");
            }
        }
        jar = Hash.ofProgram();
        words = trials.stream().map(this::words).distinct().toList();
        variables = variables(trials);
        files = files(trials);
    }

    String run() {
        return run;
    }

    /** Which of the command lines a share is of. */
    int words(Share share) {
        return words.indexOf(words(share.trial()));
    }

    /** An agent does not have the journal of a run that is gone on with: what it has to know of that comes with its share. */
    private List<String> words(Trial trial) {
        List<String> words = new ArrayList<>();
        Iterator<String> all = wanted.words().apply(trial).iterator();
        while (all.hasNext()) {
            String word = all.next();
            if (word.equals(RESUME)) {
                all.next();
            } else if (!word.startsWith(RESUME + "=")) {
                words.add(word);
            }
        }
        return words;
    }

    Call call(InetSocketAddress own, boolean check) {
        return new Call(
                RunHeader.programVersion(),
                jar,
                wanted.plan().startedAt().toString(),
                run,
                MemberAddress.text(own),
                check,
                words,
                variables,
                files);
    }

    /** Why an agent that answered can't do its share; empty if it can. */
    List<String> wrong(Call.Answer answer) {
        List<String> wrong = new ArrayList<>();
        if (!answer.refusal().isEmpty()) {
            wrong.add(answer.refusal());
        }
        answer.endpoints().forEach((endpoint, why) -> {
            if (!why.isEmpty()) {
                wrong.add("it does not reach " + endpoint + ": " + why);
            }
        });
        return wrong;
    }

    private Map<String, String> variables(List<Trial> trials) {
        Map<String, String> values = new LinkedHashMap<>();
        Needs.variables(trials).forEach(variable -> values.put(variable, value(variable)));
        return values;
    }

    private String value(String variable) {
        String value = wanted.environment().apply(variable);
        return value == null ? "" : value;
    }

    /** What names a file here is a file that each agent has to have. */
    private static Map<String, String> files(List<Trial> trials) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : Needs.files(trials)) {
            Optional<Path> file = Terms.existing(name).filter(Files::isRegularFile);
            if (file.isPresent()) {
                files.put(name, Hash.of(file.get()));
            }
        }
        return files;
    }
}
