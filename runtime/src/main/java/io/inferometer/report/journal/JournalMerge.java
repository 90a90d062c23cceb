package io.inferometer.report.journal;

import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.MergedJournal.Iteration;
import io.inferometer.report.member.MemberLines;
import io.inferometer.stats.ClientOverhead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Tells a replay what journals of several runs say, as one run: those that came one after the other as its forks, each
 * with those that ran at the same time as its members. Members' requests are told iteration by iteration, on one clock,
 * with indices, sessions and slots of their own; for each iteration of each member its journal is read once.
 */
final class JournalMerge {
    private final List<Group> groups;
    private final BiConsumer<Path, JournalReader.Visitor> read;
    private final LateCheck late;
    private final Set<List<Integer>> serversTold = new HashSet<>();

    /**
     * @param groups the journals that ran together, at least one each
     * @param read reads a journal to its end
     * @param late checks what is not checked
     */
    JournalMerge(List<Group> groups, BiConsumer<Path, JournalReader.Visitor> read, LateCheck late) {
        this.groups = groups;
        this.read = read;
        this.late = late;
    }

    /** The header of all. */
    RunHeader header() {
        List<RunHeader> headers = journals().map(MergedJournal::header).toList();
        int forks = groups.stream().mapToInt(Group::forks).sum();
        Group first = groups.get(0);
        RunHeader header = RunHeader.ofAll(headers, forks, first.loads());
        return first.crew().map(header::sharedBy).orElse(header);
    }

    /** How all of them came to their end. */
    RunEnd end() {
        Stream<String> missing = groups.stream()
                .filter(group -> !group.missing().isEmpty())
                .map(group -> "of " + group.members() + " members the journal of member "
                        + (group.missing().get(0) + 1) + " is missing");
        Stream<String> broken = journals()
                .filter(journal -> !journal.ending().complete())
                .map(journal -> journal.path() + ": " + journal.ending().reason());
        return Stream.concat(missing, broken)
                .findFirst()
                .<RunEnd>map(RunEnd.Broken::new)
                .orElse(RunEnd.COMPLETE);
    }

    private Stream<MergedJournal> journals() {
        return groups.stream().flatMap(group -> group.journals().stream());
    }

    void tell(RunHeader header, Replay replay) {
        for (TrialHeader trial : header.trials()) {
            int earlier = 0;
            long nanos = 0;
            for (Group group : groups) {
                for (int fork = 0; fork < group.forks(); fork++) {
                    if (group.alone()) {
                        alone(group.first(), trial.index(), fork, earlier, nanos, replay);
                    } else {
                        together(group, trial.index(), fork, earlier, nanos, replay);
                    }
                }
                earlier += group.forks();
                nanos += group.lastNanos();
            }
        }
    }

    private void alone(MergedJournal journal, int trial, int fork, int earlier, long nanos, Replay replay) {
        JournalTelling.Part part = (number, own) -> number == trial && own == fork;
        read.accept(journal.path(), new JournalTelling(replay, part, late, earlier, nanos));
    }

    private void together(Group group, int trial, int fork, int forks, long nanos, Replay replay) {
        List<Iteration> iterations = group.iterations(trial, fork);
        if (iterations.isEmpty()) {
            return;
        }
        Optional<MergedMembers> members =
                group.ofMembers() ? Optional.of(new MergedMembers(group, forks, replay)) : Optional.empty();
        members.ifPresent(told -> told.begin(trial, fork));
        for (Iteration iteration : iterations) {
            tell(group, iteration, members, forks, nanos, replay);
        }
        members.ifPresent(told -> told.end(trial, fork));
    }

    private void tell(
            Group group, Iteration iteration, Optional<MergedMembers> members, int forks, long nanos, Replay replay) {
        Map<MergedJournal, Map<String, Object>> healths = new LinkedHashMap<>();
        List<ClientOverhead> overheads = new ArrayList<>();
        int[] ended = {0};
        long indices = 0;
        long sessions = 0;
        int slots = 0;
        if (serversTold.add(List.of(forks, iteration.trial(), iteration.fork()))) {
            servers(group.first(), iteration, nanos, replay);
        }
        for (MergedJournal member : group.journals()) {
            long later = nanos + group.later(member);
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
                            healths.put(member, health);
                        }
                    }
                }

                @Override
                public void member(String what, Map<String, Object> fields) {
                    if (what.equals(MemberLines.START) && iteration.isOf(fields)) {
                        members.ifPresent(told -> told.started(member, fields));
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
            if (!group.ofMembers()) {
                indices += member.indices();
                sessions += member.sessions();
                slots += member.slots();
            }
        }
        boolean complete = group.missing().isEmpty()
                && (ended[0] == group.journals().size()
                        || group.journals().stream()
                                .allMatch(member -> member.ending().complete()));
        members.ifPresent(told -> told.ending(iteration, healths));
        Clients clients = members.isPresent() ? Clients.UNWATCHED : clients(group, healths);
        told(() -> replay.iterationEnded(complete, clients));
        overheads.forEach(overhead -> replay.clientOverhead(iteration.trial(), overhead));
    }

    private static Clients clients(Group group, Map<MergedJournal, Map<String, Object>> healths) {
        Map<String, Health> named = new LinkedHashMap<>();
        healths.forEach((member, health) ->
                named.put("member " + (group.journals().indexOf(member) + 1), Health.ofMap(health)));
        return new Clients(named, false);
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
