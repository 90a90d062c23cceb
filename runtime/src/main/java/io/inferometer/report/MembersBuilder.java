package io.inferometer.report;

import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Makes a report of each member of a trial, of its requests and of what is told of it. */
final class MembersBuilder {
    private final TreeMap<Integer, Member> members = new TreeMap<>();
    /** How each was during the iteration that runs. */
    private final TreeMap<Integer, Health> healths = new TreeMap<>();

    private final Set<Integer> forksWithLost = new HashSet<>();
    private boolean here = true;

    /** Takes what a line of the journal says. */
    void add(String what, Map<String, Object> fields) {
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
                    forksWithLost.add((int) number(fields, MemberLines.FORK).orElse(0));
                }
            }
            default -> {
                // A later version may tell more.
            }
        }
    }

    /** A measured request of a member has ended. */
    void requestOf(int number) {
        member(number).requests++;
    }

    private Member member(int number) {
        return members.computeIfAbsent(number, Member::new);
    }

    /** How the clients of all members were during the iteration that ends. */
    Clients clients() {
        Map<String, Health> named = new LinkedHashMap<>();
        healths.forEach((number, health) -> named.put(members.get(number).name, health));
        return new Clients(named, here);
    }

    /** Whether a member was lost, so that a fork had not the load that was asked for to its end. */
    boolean lostIn(int fork) {
        return forksWithLost.contains(fork);
    }

    /** The iteration has ended. */
    void iterationEnded(Summary summary, Load load) {
        Map<String, Clients.Seen> seen = clients().seen(summary, load);
        healths.keySet().stream().map(members::get).forEach(member -> member.seen(seen.get(member.name)));
        healths.clear();
    }

    List<MemberReport> build() {
        return members.values().stream().map(Member::report).toList();
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

    private static final class Member {
        private String name;
        private long requests;
        private OptionalLong skew = OptionalLong.empty();
        private OptionalLong offset = OptionalLong.empty();
        private OptionalLong bound = OptionalLong.empty();
        private Optional<String> lost = Optional.empty();
        private Optional<Clients.Seen> worst = Optional.empty();

        private Member(int number) {
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
            if (fields.get(MemberLines.LOST) instanceof String why) {
                lost = Optional.of(why);
            }
        }

        private void seen(Clients.Seen now) {
            worst = Optional.of(
                    worst.filter(before -> before.compareTo(now) >= 0).orElse(now));
        }

        private MemberReport report() {
            return new MemberReport(name, requests, skew, offset, bound, lost, worst);
        }
    }
}
