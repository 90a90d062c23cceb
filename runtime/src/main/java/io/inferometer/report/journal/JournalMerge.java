package io.inferometer.report.journal;

import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.MergedJournal.Iteration;
import io.inferometer.stats.ClientOverhead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Tells a replay what journals of several runs say, as one run: those that came one after the other as its forks, each
 * with those that ran at the same time as its members. Members' requests are told iteration by iteration, on one clock,
 * with indices, sessions and slots of their own; for each iteration of each member its journal is read once.
 */
final class JournalMerge {
    private final List<List<MergedJournal>> groups;
    private final BiConsumer<Path, JournalReader.Visitor> read;
    private final LateCheck late;
    private final Set<List<Integer>> serversTold = new HashSet<>();

    /**
     * @param groups the journals that ran together, at least one each
     * @param read reads a journal to its end
     * @param late checks what is not checked
     */
    JournalMerge(List<List<MergedJournal>> groups, BiConsumer<Path, JournalReader.Visitor> read, LateCheck late) {
        this.groups = groups;
        this.read = read;
        this.late = late;
    }

    /** The header of all. */
    RunHeader header() {
        List<RunHeader> headers =
                groups.stream().flatMap(List::stream).map(MergedJournal::header).toList();
        int forks = groups.stream().mapToInt(JournalMerge::forks).sum();
        return RunHeader.ofAll(headers, forks, groups.get(0).size());
    }

    private static int forks(List<MergedJournal> group) {
        return group.stream().mapToInt(MergedJournal::forks).max().orElseThrow();
    }

    void tell(RunHeader header, Replay replay) {
        for (TrialHeader trial : header.trials()) {
            int earlier = 0;
            long nanos = 0;
            for (List<MergedJournal> group : groups) {
                for (int fork = 0; fork < forks(group); fork++) {
                    if (group.size() == 1) {
                        alone(group.get(0), trial.index(), fork, earlier, nanos, replay);
                        continue;
                    }
                    for (Iteration iteration : iterations(group, trial.index(), fork)) {
                        tell(group, iteration, earlier, nanos, replay);
                    }
                }
                earlier += forks(group);
                nanos +=
                        group.stream().mapToLong(MergedJournal::lastNanos).max().orElseThrow();
            }
        }
    }

    private void alone(MergedJournal journal, int trial, int fork, int earlier, long nanos, Replay replay) {
        JournalTelling.Part part = (number, own) -> number == trial && own == fork;
        read.accept(journal.path(), new JournalTelling(replay, part, late, earlier, nanos));
    }

    private static List<Iteration> iterations(List<MergedJournal> group, int trial, int fork) {
        return group.stream()
                .flatMap(member -> member.iterations().stream())
                .filter(iteration -> iteration.trial() == trial && iteration.fork() == fork)
                .distinct()
                .toList();
    }

    private void tell(List<MergedJournal> group, Iteration iteration, int forks, long nanos, Replay replay) {
        Map<String, Health> healths = new LinkedHashMap<>();
        List<ClientOverhead> overheads = new ArrayList<>();
        int[] ended = {0};
        long indices = 0;
        long sessions = 0;
        int slots = 0;
        if (serversTold.add(List.of(forks, iteration.trial(), iteration.fork()))) {
            servers(group.get(0), iteration, nanos, replay);
        }
        for (MergedJournal member : group) {
            long later = nanos
                    + member.header()
                            .clock()
                            .after(group.get(0).header().clock())
                            .orElse(0);
            long firstIndex = indices;
            long firstSession = sessions;
            int firstSlot = slots;
            read.accept(member.path(), new Records() {
                @Override
                public void request(RequestRecord request) {
                    if (iteration.has(request)) {
                        told(() -> replay.add(
                                request.moved(request.fork() + forks, later, firstIndex, firstSession, firstSlot)));
                    }
                }

                @Override
                public void sessionEnded(SessionRecord session) {
                    if (Iteration.of(session).equals(iteration)) {
                        told(() -> replay.sessionEnded(session.moved(session.fork() + forks, later, firstSession)));
                    }
                }

                @Override
                public void unchecked(RequestRecord request, AnswerTexts answer) {
                    if (iteration.has(request)) {
                        TrialHeader trial = member.header().trial(request.trial());
                        request(late.check(trial, request, answer).orElse(request));
                    }
                }

                @Override
                public void iterationEnded(IterationSpan span, Map<String, Object> health) {
                    if (Iteration.of(span).equals(iteration)) {
                        ended[0]++;
                        if (!health.isEmpty()) {
                            healths.put("member " + (group.indexOf(member) + 1), Health.ofMap(health));
                        }
                    }
                }

                @Override
                public void note(int trial, int fork, String text) {
                    if (trial == iteration.trial() && fork == iteration.fork()) {
                        told(() -> replay.note(text));
                    }
                }

                @Override
                public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
                    if (trial == iteration.trial() && fork == iteration.fork()) {
                        overheads.add(ClientOverhead.ofMap(overhead));
                    }
                }
            });
            indices += member.indices();
            sessions += member.sessions();
            slots += member.slots();
        }
        boolean complete = ended[0] == group.size()
                || group.stream().allMatch(member -> member.ending().complete());
        told(() -> replay.iterationEnded(complete, new Clients(healths, false)));
        overheads.forEach(overhead -> replay.clientOverhead(iteration.trial(), overhead));
    }

    /** All members of a run read the same pages, so those of one are told: what it calls quiet was not quiet for the others. */
    private void servers(MergedJournal member, Iteration of, long later, Replay replay) {
        read.accept(member.path(), new Records() {
            @Override
            public void request(RequestRecord request) {
                // They are told iteration by iteration.
            }

            @Override
            public void server(int trial, int fork, ServerRecord learnt) {
                if (trial == of.trial() && fork == of.fork()) {
                    replay.server(trial, learnt.later(later).amongOthers());
                }
            }
        });
    }

    private static void told(Event event) {
        try {
            event.tell();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private interface Event {
        void tell() throws IOException;
    }

    private interface Records extends JournalReader.Visitor {
        @Override
        default void header(Map<String, Object> run) {
            // It has been read.
        }
    }
}
