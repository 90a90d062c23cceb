package io.inferometer.cluster;

import io.inferometer.cli.Main;
import io.inferometer.cluster.wire.CallLine;
import io.inferometer.cluster.wire.Door;
import io.inferometer.cluster.wire.Group;
import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.cluster.wire.Packet;
import io.inferometer.harness.member.JvmMember;
import io.inferometer.harness.member.Share;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What an agent does for one run: starts the JVMs of its shares, has them obey the coordinator, and sends home what they write. */
final class AgentRun implements Group.Listener {
    private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Packet NO_MORE = new Packet.Stop(-1);

    private final Call call;
    private final List<Plan> plans;
    private final Door door;
    private final Consumer<String> tell;
    private final Map<String, String> variables;
    private final String began = NAMED.format(LocalDateTime.now());
    private final Map<Integer, AgentShare> shares = new ConcurrentHashMap<>();
    private final BlockingQueue<Packet> inbox = new LinkedBlockingQueue<>();
    private Group group;
    private boolean ended;
    private volatile boolean met;

    /** @param plans of the call's command lines, in their order */
    AgentRun(Call call, List<Plan> plans, Door door, Consumer<String> tell) {
        this.call = call;
        this.plans = List.copyOf(plans);
        this.door = door;
        this.tell = tell;
        variables = new HashMap<>(call.variables());
        // Nothing that a workload sends needs it, and a header could name it.
        variables.put(ClusterSecret.VARIABLE, "");
    }

    /** Comes into the run's group, meanwhile: clocks are compared at once. Where that fails, hangs up, which ends it. */
    void enter(CallLine line) {
        daemon("inferometer-enter", () -> {
            try {
                Group entered = Group.enter(door, call.run(), List.of(MemberAddress.parse(call.coordinator())), this);
                synchronized (this) {
                    group = entered;
                    if (ended) {
                        entered.close();
                        return;
                    }
                }
                if (!entered.present().contains(call.coordinator())) {
                    throw new IOException("the run at " + call.coordinator() + " can't be reached from here");
                }
                daemon("inferometer-agent", this::obey);
            } catch (IOException e) {
                tell.accept(e.getMessage());
                hangUp(line);
            } catch (RuntimeException e) {
                // Of JGroups or of ours: a run that is not told waits for this agent.
                tell.accept("can't enter the group of the run: " + e);
                hangUp(line);
            }
        });
    }

    private static void hangUp(CallLine line) {
        try {
            line.close();
        } catch (IOException e) {
            // It is down all the same.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void present(Set<String> members) {
        if (members.contains(call.coordinator())) {
            met = true;
        } else if (met) {
            daemon("inferometer-lost", this::end);
        }
    }

    @Override
    public void packet(String from, Packet packet) {
        if (call.coordinator().equals(from)) {
            inbox.add(packet);
        }
    }

    private void obey() {
        try {
            for (Packet packet = inbox.take(); packet != NO_MORE; packet = inbox.take()) {
                if (packet instanceof Packet.Start start) {
                    start(start);
                } else {
                    AgentShare share = shares.get(packet.share());
                    if (share != null) {
                        share.obey(packet);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Packet.Start start) {
        try {
            String name = MemberAddress.text(door.address());
            Plan plan = plans.get(start.words());
            Plan whole = start.side().isEmpty() ? plan : plan.of(Trial.Letter.valueOf(start.side()));
            Trial trial = whole.trials().stream()
                    .filter(one -> one.index() == start.trial())
                    .findFirst()
                    .orElseThrow();
            Path journal = Path.of("inferometer-agent-" + began + "-trial" + (start.trial() + 1) + "-fork"
                            + (start.fork() + 1) + "-member" + (start.member() + 1) + ".journal.jsonl")
                    .toAbsolutePath();
            Share share = new Share(
                    trial,
                    start.fork(),
                    new Split(start.member(), start.members(), name),
                    call.startedAt(),
                    journal,
                    start.origin(),
                    Optional.empty(),
                    Map.of());
            List<String> words = new ArrayList<>(call.words().get(start.words()));
            if (!start.earlier().isEmpty()) {
                words.add(0, "--resume=" + AgentShare.keep(start.earlier(), plan, journal));
            }
            JvmMember jvm = new JvmMember(name, Main.forks(any -> words, variables));
            AgentShare running = new AgentShare(start.share(), jvm.start(share), journal, this::send);
            shares.put(start.share(), running);
            daemon("inferometer-journal-home", running::tell);
        } catch (IOException | RuntimeException e) {
            try {
                send(new Packet.Ended(start.share(), ExitCode.FAILED.status(), String.valueOf(e.getMessage())));
            } catch (IOException lost) {
                // Nobody is left to be told.
            }
        }
    }

    private void send(Packet packet) throws IOException {
        Group in;
        synchronized (this) {
            in = group;
        }
        in.send(call.coordinator(), packet);
    }

    /** Ends all of its shares in order and leaves the group. Waits until that is done, by whomever. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        inbox.add(NO_MORE);
        try {
            for (AgentShare share : shares.values()) {
                share.end();
            }
            long patience = TimeUnit.SECONDS.toNanos(15);
            long deadline = System.nanoTime() + patience;
            for (AgentShare share : shares.values()) {
                share.awaitEnd(deadline - System.nanoTime()).ifPresent(tell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (group != null) {
            group.close();
        }
    }
}
