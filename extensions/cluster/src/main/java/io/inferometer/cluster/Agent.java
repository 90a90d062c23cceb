package io.inferometer.cluster;

import com.sun.management.UnixOperatingSystemMXBean;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Main;
import io.inferometer.cluster.wire.CallLine;
import io.inferometer.cluster.wire.Door;
import io.inferometer.cluster.wire.Identity;
import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.harness.PlanCheck;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.header.RunHeader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Waits for the calls of coordinators and does the work of one run at a time. */
final class Agent implements Door.Visitors, Closeable {
    private final CommandContext context;
    private final Terms terms;
    private final String jar;
    private final AtomicReference<AgentRun> current = new AtomicReference<>();
    private final Door door;

    /** @throws IOException if it can't listen there */
    Agent(CommandContext context, InetSocketAddress at, Identity identity, AllowedHosts allowed) throws IOException {
        this.context = context;
        terms = new Terms(allowed);
        jar = Hash.ofProgram();
        door = Door.open(at, identity, this);
    }

    /** What it is called. */
    String name() {
        return MemberAddress.text(door.address());
    }

    @Override
    public void refused(InetAddress who, String why) {
        context.tell("a caller from " + who.getHostAddress() + " was turned away: " + why);
    }

    @Override
    public void call(CallLine line) throws IOException {
        Call call = Call.read(line.receive());
        UnaryOperator<String> own = context.environment();
        UnaryOperator<String> environment =
                name -> call.variables().containsKey(name) ? call.variables().get(name) : own.apply(name);
        List<Plan> plans = new ArrayList<>();
        String refusal = refusal(call, plans, environment);
        if (call.check() || !refusal.isEmpty()) {
            line.send(answer(refusal, call.check() ? reached(plans) : Map.of()).bytes());
            pong(line);
            return;
        }
        AgentRun run = new AgentRun(call, plans, door, context::tell);
        if (!current.compareAndSet(null, run)) {
            line.send(answer(busy(), Map.of()).bytes());
            return;
        }
        try {
            line.send(answer("", Map.of()).bytes());
            context.tell("a run from " + call.coordinator() + " begins");
            run.enter(line);
            pong(line);
        } catch (IOException e) {
            // The coordinator has hung up: the run has ended, or is lost.
        } finally {
            run.end();
            current.set(null);
            context.tell("the run has ended; waiting for the next one");
        }
    }

    private static void pong(CallLine line) throws IOException {
        while (true) {
            line.receive();
            line.send(AgentLine.pong());
        }
    }

    /** Why the run can't be done here; empty if it can. */
    private String refusal(Call call, List<Plan> plans, UnaryOperator<String> environment) throws IOException {
        if (!call.jar().equals(jar)) {
            return "it has another jar: Inferometer " + RunHeader.programVersion() + " (" + Hash.shown(jar)
                    + "), and this run's is " + call.version() + " (" + Hash.shown(call.jar()) + ")";
        }
        if (current.get() != null) {
            return busy();
        }
        Path here = Path.of("").toAbsolutePath();
        if (!Files.isWritable(here)) {
            return "it can't write into " + here + ", where it keeps journals: start it in another directory";
        }
        try {
            for (List<String> words : call.words()) {
                plans.add(Main.plan(words, context, environment));
            }
            String refusal = terms.refusal(call, plans);
            if (refusal.isEmpty()) {
                plans.forEach(PlanCheck::check);
            }
            return refusal;
        } catch (UsageException e) {
            return e.getMessage();
        }
    }

    private static String busy() {
        return "it is busy with another run";
    }

    private static Map<String, String> reached(List<Plan> plans) {
        Map<String, String> reached = new LinkedHashMap<>();
        plans.stream()
                .flatMap(plan -> plan.trials().stream())
                .filter(trial -> !trial.endpoint().simulated())
                .forEach(trial -> Reach.add(reached, trial.endpoint().url()));
        return reached;
    }

    private Call.Answer answer(String refusal, Map<String, String> reached) {
        return new Call.Answer(
                refusal,
                name(),
                RunHeader.programVersion(),
                jar,
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : 0,
                reached);
    }

    /** Ends what it does, in order, and waits for no further call. */
    @Override
    public void close() throws IOException {
        door.close();
        AgentRun run = current.get();
        if (run != null) {
            run.end();
        }
    }
}
