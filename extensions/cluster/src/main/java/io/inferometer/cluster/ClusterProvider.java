package io.inferometer.cluster;

import io.inferometer.cluster.wire.Identity;
import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.harness.member.MemberProvider;
import io.inferometer.harness.member.Members;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Gathers agents on other machines: calls them, and has them come into the group of the run. */
public final class ClusterProvider implements MemberProvider {
    private static final String DNS = "dns:";
    private static final long AGAIN_MILLIS = 500;
    private static final int CALLS_AT_ONCE = 16;

    /** Made by ServiceLoader. */
    public ClusterProvider() {}

    @Override
    public Members gather(Wanted wanted, CountDownLatch stopping) throws IOException, InterruptedException {
        CallMaker calls = new CallMaker(wanted);
        List<InetSocketAddress> first = addresses(wanted.agents());
        ClusterMembers members = open(wanted, first.get(0), calls);
        try {
            call(wanted.agents(), first, members, calls, stopping);
            members.awaitJoined(stopping);
            return members;
        } catch (IOException | InterruptedException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private static ClusterMembers open(Wanted wanted, InetSocketAddress agent, CallMaker calls) throws IOException {
        InetSocketAddress own = own(wanted.agents(), agent);
        Identity identity = ClusterSecret.identity(wanted.environment(), own.getAddress());
        return new ClusterMembers(own, identity, calls.run(), calls::words);
    }

    /** Calls until enough have answered; who refuses, and who does not answer where nobody is waited for, ends that. */
    private static void call(
            Plan.Agents agents,
            List<InetSocketAddress> first,
            ClusterMembers members,
            CallMaker calls,
            CountDownLatch stopping)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + agents.patience().toNanos();
        Set<InetSocketAddress> there = new LinkedHashSet<>();
        List<InetSocketAddress> named = first;
        while (true) {
            List<InetSocketAddress> left =
                    named.stream().filter(agent -> !there.contains(agent)).toList();
            Map<InetSocketAddress, String> silent = callAll(left, members, calls.call(members.address(), false));
            left.stream().filter(agent -> !silent.containsKey(agent)).forEach(there::add);
            int expected = agents.expected().orElse(named.size());
            if (there.size() >= expected) {
                return;
            }
            if (agents.patience().isZero() || System.nanoTime() > deadline) {
                throw new IOException(
                        silent.isEmpty()
                                ? "there are " + there.size() + " agents, and " + expected + " are expected"
                                : (agents.patience().isZero()
                                                ? ""
                                                : there.size() + " of " + expected + " agents are there after "
                                                        + agents.patience().toSeconds() + " s; ")
                                        + complaint(silent.entrySet().iterator().next()));
            }
            if (stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the run was ended before its agents were there");
            }
            named = addresses(agents);
        }
    }

    private static String complaint(Map.Entry<InetSocketAddress, String> agent) {
        return "the agent " + MemberAddress.text(agent.getKey()) + " can't be had: " + agent.getValue();
    }

    /** @return those that do not answer, and why not */
    private static Map<InetSocketAddress, String> callAll(
            List<InetSocketAddress> agents, ClusterMembers members, Call call)
            throws IOException, InterruptedException {
        Map<InetSocketAddress, Future<Call.Answer>> answers = new LinkedHashMap<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLS_AT_ONCE, task -> {
            Thread thread = new Thread(task, "inferometer-caller");
            thread.setDaemon(true);
            return thread;
        });
        try {
            agents.forEach(agent -> answers.put(agent, callers.submit(() -> members.call(agent, call))));
            Map<InetSocketAddress, String> silent = new LinkedHashMap<>();
            for (Map.Entry<InetSocketAddress, Future<Call.Answer>> called : answers.entrySet()) {
                try {
                    String refusal = called.getValue().get().refusal();
                    if (!refusal.isEmpty()) {
                        throw new IOException(complaint(Map.entry(called.getKey(), refusal)));
                    }
                } catch (ExecutionException e) {
                    silent.put(called.getKey(), String.valueOf(e.getCause().getMessage()));
                }
            }
            return silent;
        } finally {
            callers.shutdownNow();
        }
    }

    @Override
    public boolean check(Wanted wanted, Consumer<String> out) throws IOException, InterruptedException {
        CallMaker calls = new CallMaker(wanted);
        List<InetSocketAddress> agents = addresses(wanted.agents());
        InetSocketAddress own = own(wanted.agents(), agents.get(0));
        Identity identity = ClusterSecret.identity(wanted.environment(), own.getAddress());
        Call call = calls.call(own, true);
        boolean all = true;
        for (InetSocketAddress agent : agents) {
            try (AgentLine line = AgentLine.call(agent, own.getAddress(), identity, call)) {
                List<String> wrong = calls.wrong(line.answer());
                out.accept(line(agent, line, wrong));
                all &= wrong.isEmpty();
            } catch (IOException e) {
                out.accept(MemberAddress.text(agent) + ": can't be had: " + e.getMessage());
                all = false;
            }
        }
        return all;
    }

    private static String line(InetSocketAddress agent, AgentLine line, List<String> wrong) {
        Call.Answer answer = line.answer();
        List<String> parts = new ArrayList<>();
        parts.add("Inferometer " + answer.version() + " (" + Hash.shown(answer.jar()) + ") on Java " + answer.java());
        parts.add(answer.processors() + " processors");
        if (answer.descriptors() > 0) {
            parts.add(answer.descriptors() + " open files and sockets");
        }
        line.clock().ifPresent(clock -> parts.add("clocks compared " + AgentLine.shown(clock)));
        if (Math.abs(line.wallOffsetMillis()) > TimeUnit.MINUTES.toMillis(1)) {
            parts.add("wall clock off by " + TimeUnit.MILLISECONDS.toSeconds(line.wallOffsetMillis()) + " s");
        }
        answer.endpoints().forEach((endpoint, why) -> {
            if (why.isEmpty()) {
                parts.add("reaches " + endpoint);
            }
        });
        return MemberAddress.text(agent) + ": " + String.join(", ", parts)
                + (wrong.isEmpty() ? "" : "; can't be had: " + String.join("; ", wrong));
    }

    /** Where the agents are that are named, in that order, each once. */
    private static List<InetSocketAddress> addresses(Plan.Agents agents) throws IOException {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        for (String host : agents.hosts()) {
            try {
                if (!host.startsWith(DNS)) {
                    addresses.add(MemberAddress.parse(host));
                    continue;
                }
                InetSocketAddress name = MemberAddress.parse(host.substring(DNS.length()));
                for (InetAddress one : InetAddress.getAllByName(name.getHostString())) {
                    addresses.add(new InetSocketAddress(one, name.getPort()));
                }
            } catch (IllegalArgumentException e) {
                throw new UsageException("--agents " + host + ": " + e.getMessage());
            } catch (UnknownHostException e) {
                if (agents.patience().isZero()) {
                    throw new IOException("--agents " + host + ": nothing stands for that name", e);
                }
            }
        }
        if (addresses.isEmpty()) {
            throw new IOException("--agents " + String.join(",", agents.hosts()) + ": nothing stands for that name");
        }
        return List.copyOf(addresses);
    }

    /** The address of this machine that agents reach: the one that is named, or where the way to an agent begins. */
    private static InetSocketAddress own(Plan.Agents agents, InetSocketAddress agent) throws IOException {
        if (agents.listen().isPresent()) {
            return listen(agents.listen().get());
        }
        if (agent.isUnresolved()) {
            throw new IOException("the agent " + MemberAddress.text(agent) + " can't be had: there is no such host");
        }
        try (DatagramSocket way = new DatagramSocket()) {
            way.connect(agent);
            return new InetSocketAddress(way.getLocalAddress(), 0);
        }
    }

    /**
     * Where to listen.
     *
     * @throws UsageException if that is not an address that somebody else could reach
     */
    static InetSocketAddress listen(String text) {
        try {
            InetSocketAddress address = MemberAddress.parse(text);
            if (address.isUnresolved()) {
                throw new UsageException("--listen " + text + ": there is no host " + address.getHostString());
            }
            if (address.getAddress().isAnyLocalAddress()) {
                throw new UsageException(
                        "--listen " + text + ": name one address of this machine, the one that the others"
                                + " reach: it is what they are told");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--listen " + text + ": " + e.getMessage());
        }
    }

    /** What tells a run from others. */
    static String runName() {
        return UUID.randomUUID().toString();
    }
}
