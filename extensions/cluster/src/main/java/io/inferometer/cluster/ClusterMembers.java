package io.inferometer.cluster;

import io.inferometer.cluster.wire.CallLine;
import io.inferometer.cluster.wire.Door;
import io.inferometer.cluster.wire.Group;
import io.inferometer.cluster.wire.Identity;
import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.cluster.wire.Packet;
import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.Members;
import io.inferometer.harness.member.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** The agents of a run, from when they were called until they are let go. */
final class ClusterMembers implements Members, Group.Listener {
    private static final long JOIN_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS_A_PING = 50;
    private static final long COMPARE_MILLIS = 5_000;
    private static final long WALL_CLOCK_MILLIS = 60_000;

    private final Door door;
    private final Identity identity;
    private final Group group;
    private final ToIntFunction<Share> words;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** In the order of their names, whoever answered first: shares are dealt out in it. Guarded by itself. */
    private final Map<String, RemoteMember> agents = new TreeMap<>();

    private final Map<String, RemoteMember> joined = new ConcurrentHashMap<>();

    /**
     * @param own the address of this machine that agents reach
     * @param run what tells its group from others
     */
    ClusterMembers(InetSocketAddress own, Identity identity, String run, ToIntFunction<Share> words)
            throws IOException {
        this.identity = identity;
        this.words = words;
        door = Door.open(own, identity, new Nobody());
        try {
            group = Group.enter(door, run, List.of(), this);
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    /** Where agents find the group. */
    InetSocketAddress address() {
        return door.address();
    }

    /**
     * Calls an agent, which comes into the group if it is not refused.
     *
     * @throws IOException if it does not answer; the message says why, in a few words
     */
    Call.Answer call(InetSocketAddress agent, Call call) throws IOException {
        AgentLine line = AgentLine.call(agent, door.address().getAddress(), identity, call);
        if (!line.answer().refusal().isEmpty()) {
            line.close();
            return line.answer();
        }
        RemoteMember member = new RemoteMember(line, group, words);
        synchronized (agents) {
            agents.put(member.name(), member);
        }
        return line.answer();
    }

    /**
     * Waits until all that were called are in the group.
     *
     * @throws IOException if one does not come
     */
    void awaitJoined(CountDownLatch stopping) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        List<String> missing = missing();
        int looks = 0;
        while (!missing.isEmpty()) {
            if (looks++ % LOOKS_A_PING == 0) {
                ping(missing.get(0));
            }
            if (stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException(
                        "the agent " + missing.get(0) + " answered, and did not come into the group: can it" + " reach "
                                + MemberAddress.text(door.address()) + "? --listen names an address that it can");
            }
            missing = missing();
        }
        joined.putAll(agents);
        present(group.present());
        Thread thread = new Thread(this::compare, "inferometer-clocks");
        thread.setDaemon(true);
        thread.start();
    }

    /** An agent that can't come into the group hangs up, which is known at once. */
    private void ping(String agent) throws IOException {
        RemoteMember member;
        synchronized (agents) {
            member = agents.get(agent);
        }
        try {
            member.line().ping();
        } catch (SocketTimeoutException e) {
            throw new IOException("the agent " + agent + " answered, and says nothing any more: does it still run?", e);
        } catch (IOException e) {
            throw new IOException(
                    "the agent " + agent
                            + " answered, and hung up before it came into the group; what it tells there says why",
                    e);
        }
    }

    private List<String> missing() {
        Set<String> present = group.present();
        synchronized (agents) {
            return agents.keySet().stream()
                    .filter(name -> !present.contains(name))
                    .toList();
        }
    }

    private void compare() {
        try {
            while (!closed.await(COMPARE_MILLIS, TimeUnit.MILLISECONDS)) {
                joined.values().forEach(RemoteMember::compareWhileMeasuring);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Member> all() {
        return List.copyOf(members());
    }

    Collection<RemoteMember> members() {
        synchronized (agents) {
            return List.copyOf(agents.values());
        }
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (RemoteMember member : members()) {
            long millis = member.line().wallOffsetMillis();
            if (Math.abs(millis) > WALL_CLOCK_MILLIS) {
                notes.add("the wall clock of " + member.name() + " is "
                        + TimeUnit.MILLISECONDS.toMinutes(Math.abs(millis)) + " minutes "
                        + (millis > 0 ? "ahead of" : "behind") + " this machine's; no time here is by it");
            }
        }
        return notes;
    }

    @Override
    public void present(Set<String> members) {
        joined.forEach((name, member) -> {
            if (!members.contains(name)) {
                member.lost();
            }
        });
    }

    @Override
    public void packet(String from, Packet packet) {
        RemoteMember member = joined.get(from);
        if (member != null) {
            member.heard(packet);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        joined.clear();
        for (RemoteMember member : members()) {
            member.close();
        }
        group.close();
        try {
            door.close();
        } catch (IOException e) {
            // It is of no more use.
        }
    }

    /** Nobody calls a coordinator. */
    private static final class Nobody implements Door.Visitors {
        @Override
        public void call(CallLine line) {
            // Hung up at once.
        }

        @Override
        public void refused(InetAddress who, String why) {
            // Nobody who was called.
        }
    }
}
