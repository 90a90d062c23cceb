package io.inferometer.report.journal;

import io.inferometer.report.header.RunCrew;
import io.inferometer.report.journal.MergedJournal.Iteration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Journals of the same time, at least one: those of runs whose loads add up, or those that members of one run have kept
 * each, whose load is the run's. The latter count their times from its time zero, and their requests as it does.
 */
record Group(List<MergedJournal> journals) {
    Group {
        journals = List.copyOf(journals);
    }

    MergedJournal first() {
        return journals.get(0);
    }

    /** Whether they are of members of one run. */
    boolean ofMembers() {
        return first().own().isPresent();
    }

    /** How many times the load is theirs that the header of each tells. */
    int loads() {
        return ofMembers() ? 1 : journals.size();
    }

    /** Who shared the load; empty where one sent all of it. */
    Optional<RunCrew> crew() {
        if (alone()) {
            return first().header().runner().crew();
        }
        boolean oneMachine = journals.stream()
                .allMatch(journal ->
                        journal.header().clock().sameMachine(first().header().clock()));
        List<String> names =
                ofMembers() ? journals.stream().map(MergedJournal::name).toList() : List.of();
        return Optional.of(new RunCrew(members(), oneMachine, names, OptionalInt.empty()));
    }

    /** Whether it is one journal of a whole run. */
    boolean alone() {
        return journals.size() == 1 && !ofMembers();
    }

    /** How many shared the load, be their journals here or not. */
    int members() {
        return first().own()
                .map(RunCrew::count)
                .orElseGet(() -> journals.stream()
                        .mapToInt(journal -> journal.header()
                                .runner()
                                .crew()
                                .map(RunCrew::count)
                                .orElse(1))
                        .sum());
    }

    /** The numbers, from 0, of the members whose journals are not here. */
    List<Integer> missing() {
        BitSet here = new BitSet();
        journals.forEach(
                journal -> journal.own().ifPresent(own -> here.set(own.own().orElseThrow())));
        return ofMembers()
                ? IntStream.range(0, members())
                        .filter(member -> !here.get(member))
                        .boxed()
                        .toList()
                : List.of();
    }

    int forks() {
        return journals.stream().mapToInt(MergedJournal::forks).max().orElseThrow();
    }

    /** When the last request of any of them ended. */
    long lastNanos() {
        return journals.stream().mapToLong(MergedJournal::lastNanos).max().orElseThrow();
    }

    /** How much later than that of the first one the time zero of one is. */
    long later(MergedJournal journal) {
        return ofMembers()
                ? 0
                : journal.header().clock().after(first().header().clock()).orElse(0);
    }

    /** Those of a fork that have requests, in the order of these. */
    List<Iteration> iterations(int trial, int fork) {
        return journals.stream()
                .flatMap(member -> member.iterations().stream())
                .filter(iteration -> iteration.trial() == trial && iteration.fork() == fork)
                .distinct()
                .toList();
    }
}
