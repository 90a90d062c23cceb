package io.inferometer.report.member;

import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Makes a report of each member of a trial, of its requests and of what is told of it. */
public final class MembersBuilder {
    private final TreeMap<Integer, Member> members = new TreeMap<>();
    /** How each was during the iteration that runs. */
    private final TreeMap<Integer, Health> healths = new TreeMap<>();

    private final List<Loss> losses = new ArrayList<>();
    /** How often a fork was gone on with by other members than it began with. */
    private final Map<Integer, Integer> crews = new HashMap<>();

    private boolean here = true;

    /** Nothing is known of any. */
    public MembersBuilder() {}

    /**
     * Takes what a line of the journal says.
     *
     * @param what it is, as {@link MemberLines} has it
     * @param fields of the line
     */
    public void add(String what, Map<String, Object> fields) {
        if (what.equals(MemberLines.CREW)) {
            crews.merge((int) number(fields, MemberLines.FORK).orElse(0), 1, Integer::sum);
            return;
        }
        int number = (int) number(fields, MemberLines.NUMBER).orElse(0);
        Member member = member(number);
        if (fields.get(MemberLines.NAME) instanceof String name) {
            member.name = name;
        }
        switch (what) {
            case MemberLines.START -> {
                if (!Boolean.TRUE.equals(fields.get(MemberLines.WARMUP))) {
                    member.started(fields);
                }
            }
            case MemberLines.HEALTH -> {
                healths.put(number, Health.ofMap(map(fields.get(MemberLines.HEALTH))));
                here &= Boolean.TRUE.equals(fields.get(MemberLines.HERE));
            }
            case MemberLines.END -> {
                member.ended(fields);
                if (fields.containsKey(MemberLines.LOST)) {
                    int fork = (int) number(fields, MemberLines.FORK).orElse(0);
                    losses.add(new Loss(fork, crew(fork), member, fields));
                }
            }
            default -> {
                // A later version may tell more.
            }
        }
    }

    /**
     * A measured request of a member has ended.
     *
     * @param number of the member, from 0
     */
    public void requestOf(int number) {
        member(number).requests++;
    }

    private Member member(int number) {
        return members.computeIfAbsent(number, Member::new);
    }

    /** {@return how the clients of all members were during the iteration that ends} */
    public Clients clients() {
        Map<String, Health> named = new LinkedHashMap<>();
        healths.forEach((number, health) -> named.put(members.get(number).name, health));
        return new Clients(named, here);
    }

    /**
     * {@return whether a member was lost, so that a fork had not the load that was asked for to its end}
     *
     * @param fork from 0
     */
    public boolean lostIn(int fork) {
        return losses.stream().anyMatch(loss -> loss.fork == fork && loss.crew == crew(fork));
    }

    private int crew(int fork) {
        return crews.getOrDefault(fork, 0);
    }

    /**
     * The iteration has ended.
     *
     * @param summary of it
     * @param load that it had
     */
    public void iterationEnded(Summary summary, Load load) {
        Map<String, Clients.Seen> seen = clients().seen(summary, load);
        healths.keySet().stream().map(members::get).forEach(member -> member.seen(seen.get(member.name)));
        healths.clear();
    }

    /**
     * {@return what is known of each}
     *
     * @param load that of the trial
     */
    public List<MemberReport> build(Load load) {
        Map<Integer, List<MemberLoss>> told = new HashMap<>();
        Map<List<Integer>, BitSet> gone = new HashMap<>();
        for (Loss loss : losses) {
            BitSet lost = gone.computeIfAbsent(List.of(loss.fork, loss.crew), none -> new BitSet());
            lost.set(loss.member.number);
            told.computeIfAbsent(loss.member.number, none -> new ArrayList<>()).add(loss.told(load, lost));
        }
        return members.values().stream()
                .map(member -> member.report(told.getOrDefault(member.number, List.of())))
                .toList();
    }

    private static OptionalLong number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> any) {
            any.forEach((name, of) -> map.put(String.valueOf(name), of));
        }
        return map;
    }

    /** A line that says that a member is lost. */
    private record Loss(int fork, int crew, Member member, Map<String, Object> fields) {
        /** @param lost the members that were lost until then, this one too */
        private MemberLoss told(Load load, BitSet lost) {
            boolean goesOn = Boolean.TRUE.equals(fields.get(MemberLines.GOES_ON));
            return new MemberLoss(
                    fork,
                    member.name,
                    String.valueOf(fields.get(MemberLines.LOST)),
                    number(fields, MemberLines.HEARD),
                    MemberLines.inFlight(fields),
                    number(fields, MemberLines.MEMBERS).stream()
                            .filter(members -> goesOn)
                            .mapToObj(members -> LoadLeft.of(load, (int) members, lost))
                            .findFirst(),
                    Boolean.FALSE.equals(fields.get(MemberLines.GOES_ON)));
        }
    }

    private static final class Member {
        private final int number;
        private String name;
        private long requests;
        private OptionalLong skew = OptionalLong.empty();
        private OptionalLong offset = OptionalLong.empty();
        private OptionalLong bound = OptionalLong.empty();
        private Optional<Clients.Seen> worst = Optional.empty();

        private Member(int number) {
            this.number = number;
            name = "member " + (number + 1);
        }

        private void started(Map<String, Object> fields) {
            OptionalLong agreed = number(fields, MemberLines.AGREED);
            OptionalLong started = number(fields, MemberLines.STARTED);
            if (agreed.isPresent() && started.isPresent()) {
                long late = started.getAsLong() - agreed.getAsLong();
                skew = OptionalLong.of(Math.max(late, skew.orElse(late)));
            }
        }

        private void ended(Map<String, Object> fields) {
            if (fields.containsKey(MemberLines.OFFSET)) {
                offset = number(fields, MemberLines.OFFSET);
                bound = number(fields, MemberLines.BOUND);
            }
        }

        private void seen(Clients.Seen now) {
            worst = Optional.of(
                    worst.filter(before -> before.compareTo(now) >= 0).orElse(now));
        }

        private MemberReport report(List<MemberLoss> losses) {
            return new MemberReport(name, requests, skew, offset, bound, losses, worst);
        }
    }
}
