package io.inferometer.report.journal;

import io.inferometer.plan.UsageException;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which journals are of runs that went on at the same time: members of one run, whose rates add up. Others came one
 * after the other, and are forks of one run.
 */
final class Groups {
    private Groups() {}

    /**
     * The journals in groups of those that ran together, in their order. Those of which it is not known when they ran are
     * taken to have come one after the other.
     *
     * @throws UsageException if two ran together for a part of their time, or the loads of groups differ
     */
    static List<Group> of(List<MergedJournal> journals) {
        List<List<MergedJournal>> groups = new ArrayList<>();
        for (MergedJournal journal : journals) {
            List<List<MergedJournal>> with = groups.stream()
                    .filter(group -> group.stream().anyMatch(member -> together(member, journal)))
                    .toList();
            if (with.isEmpty()) {
                groups.add(new ArrayList<>(List.of(journal)));
            } else {
                MergedJournal apart = with.stream()
                        .flatMap(List::stream)
                        .filter(member -> !together(member, journal))
                        .findFirst()
                        .orElse(null);
                if (apart != null) {
                    throw cannot(
                            apart,
                            journal,
                            "each ran at the time of " + with.get(0).get(0).path() + ", but not of the other");
                }
                with.get(0).add(journal);
            }
        }
        for (List<MergedJournal> group : groups) {
            if (loads(group) != loads(groups.get(0))) {
                throw cannot(
                        groups.get(0).get(0),
                        group.get(0),
                        Format.count(groups.get(0).size()) + " ran at the time of the one, and "
                                + Format.count(group.size()) + " of the other");
            }
        }
        return groups.stream().map(Groups::inOrder).toList();
    }

    private static int loads(List<MergedJournal> group) {
        return new Group(group).loads();
    }

    /** Members by their numbers, others as they were given. */
    private static Group inOrder(List<MergedJournal> group) {
        Group given = new Group(group);
        return given.ofMembers()
                ? new Group(group.stream()
                        .sorted(Comparator.comparing(Groups::number))
                        .toList())
                : given;
    }

    private static int number(MergedJournal member) {
        return member.own().orElseThrow().own().orElseThrow();
    }

    private static boolean together(MergedJournal one, MergedJournal other) {
        if (one.sameFork(other)) {
            if (number(one) == number(other)) {
                throw cannot(one, other, "both are of " + one.name());
            }
            return true;
        }
        OptionalLong later = other.header().clock().after(one.header().clock());
        if (later.isEmpty()) {
            return false;
        }
        int trials = 0;
        int together = 0;
        for (int trial : one.measured().keySet()) {
            MergedJournal.Span here = one.measured().get(trial);
            MergedJournal.Span there = other.measured().get(trial);
            if (there != null) {
                long overlap = here.overlap(there, later.getAsLong());
                long shorter = Math.min(here.length(), there.length());
                trials++;
                if (overlap > 0 && overlap < shorter / 2.0) {
                    throw cannot(
                            one,
                            other,
                            "they ran at the same time for " + Format.seconds(overlap) + " of "
                                    + Format.seconds(shorter) + ", neither together nor one after the other");
                }
                together += overlap > 0 ? 1 : 0;
            }
        }
        if (together > 0 && together < trials) {
            throw cannot(
                    one,
                    other,
                    Format.count(together) + " of their " + Format.count(trials, "trial") + " ran at the same time");
        }
        if (together > 0 && (one.own().isPresent() || other.own().isPresent())) {
            throw cannot(
                    one,
                    other,
                    "they ran at the same time, and "
                            + (one.own().isPresent() ? one : other).path()
                            + " is of a member of a run, of which the other is not");
        }
        return together > 0;
    }

    private static UsageException cannot(MergedJournal one, MergedJournal other, String why) {
        return new UsageException(one.path() + " and " + other.path() + " can't be merged: " + why);
    }
}
