package io.inferometer.report.journal;

import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.RunCrew;
import io.inferometer.report.journal.MergedJournal.Iteration;
import io.inferometer.report.member.MemberLines;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells, of one fork of a run whose members' own journals are merged, what the run would have told of them. How their clocks
 * compared was known to the run alone.
 */
final class MergedMembers {
    private final Group group;
    private final int forks;
    private final Replay replay;
    private final Set<MergedJournal> lost = new HashSet<>();

    /**
     * @param group journals of members
     * @param forks how many forks come before those of the run
     */
    MergedMembers(Group group, int forks, Replay replay) {
        this.group = group;
        this.forks = forks;
        this.replay = replay;
    }

    void begin(int trial, int fork) {
        replay.member(MemberLines.CREW, MemberLines.crew(trial, fork + forks, group.members()));
    }

    /** A member has started an iteration, as a line of its journal says. */
    void started(MergedJournal member, Map<String, Object> fields) {
        Map<String, Object> told = new LinkedHashMap<>(fields);
        told.put("fork", ((Number) fields.get("fork")).intValue() + forks);
        tell(MemberLines.START, told, member);
    }

    /** All of an iteration has been told but its end. */
    void ending(Iteration iteration, Map<MergedJournal, Map<String, Object>> healths) {
        healths.forEach((member, health) -> {
            IterationSpan span = new IterationSpan(
                    iteration.trial(),
                    iteration.fork() + forks,
                    iteration.warmup(),
                    iteration.number(),
                    RequestRecord.ABSENT,
                    RequestRecord.ABSENT);
            boolean here =
                    member.header().clock().sameMachine(group.first().header().clock());
            tell(MemberLines.HEALTH, MemberLines.health(number(member), span, health, here), member);
        });
        group.journals().stream()
                .filter(member -> !member.ended().contains(iteration))
                .forEach(member -> ended(member, iteration.trial(), iteration.fork()));
    }

    void end(int trial, int fork) {
        group.journals().forEach(member -> ended(member, trial, fork));
    }

    private void ended(MergedJournal member, int trial, int fork) {
        if (member.loss().isPresent() && lost.add(member)) {
            Map<String, Object> fields = MemberLines.end(trial, fork + forks, number(member));
            MemberLines.lost(fields, member.loss().get(), member.inFlight());
            if (member.lastNanos() > 0) {
                MemberLines.heard(fields, member.lastNanos());
            }
            tell(MemberLines.END, fields, member);
        }
    }

    private void tell(String what, Map<String, Object> fields, MergedJournal member) {
        MemberLines.name(fields, member.name());
        replay.member(what, fields);
    }

    private static int number(MergedJournal member) {
        return member.own().map(RunCrew::own).orElseThrow().orElseThrow();
    }
}
