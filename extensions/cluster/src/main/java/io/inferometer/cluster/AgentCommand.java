package io.inferometer.cluster;

import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Subcommand;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cluster.wire.MemberAddress;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits for work of runs on other machines until the process is ended. */
@Command(
        name = "agent",
        sortOptions = false,
        customSynopsis = "java -jar JAR agent [OPTION...]",
        header = {
            "Waits for a run on another machine, and runs its share of it: with run --agents HOST:PORT there.",
            "One run at a time, and then the next, until it is ended. It runs workloads of its own jar alone,",
            "which has to be the run's, and keys are those of its own environment.",
            ""
        },
        footer = {
            "",
            "Beyond 127.0.0.1 the variable INFEROMETER_CLUSTER_SECRET is needed here and at the run: the same 16",
            "characters or more. Who does not know it is turned away; all that is sent is TLS 1.3.",
            "",
            "Example, on two machines:",
            "  export INFEROMETER_CLUSTER_SECRET=$(cat secret)",
            "  java -jar JAR agent --listen 10.0.0.2:7800 --allow-host api.example.com",
            "  java -jar JAR --agents 10.0.0.2:7800 --base-url https://api.example.com --rate 100"
        })
public final class AgentCommand implements Subcommand {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "The address of this machine that it waits at. Default: 127.0.0.1:" + MemberAddress.USUAL + ".")
    private String listen = "127.0.0.1:" + MemberAddress.USUAL;

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description =
                    "A host, or HOST:PORT, that may be sent what is in this process's environment: the key, and the"
                            + " variables of headers. By TLS alone, unless it is written http://HOST. May be repeated. Default:"
                            + " none.")
    private List<String> hosts = new ArrayList<>();

    @Mixin
    private HelpOptions help;

    /** Made by ServiceLoader. */
    public AgentCommand() {}

    @Override
    public String summary() {
        return "wait for runs on other machines and share their load";
    }

    @Override
    public ExitCode run(CommandContext context) throws IOException, InterruptedException {
        InetSocketAddress at = ClusterProvider.listen(listen);
        AllowedHosts allowed = new AllowedHosts(hosts);
        if (!ClusterSecret.isIn(context.environment()) && at.getAddress().isLoopbackAddress()) {
            key().ifPresent(variable -> {
                throw new UsageException(variable + " is set here, and " + ClusterSecret.VARIABLE
                        + " is not: who can reach this port could have it used; set the secret, or unset the key");
            });
        }
        Agent agent = new Agent(context, at, ClusterSecret.identity(context.environment(), at.getAddress()), allowed);
        Thread hook = new Thread(() -> close(agent), "inferometer-agent-end");
        Runtime.getRuntime().addShutdownHook(hook);
        context.out().println("waiting for a run at " + agent.name());
        context.out().flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static Optional<String> key() {
        return CommandContext.variables().stream()
                .filter(name -> name.endsWith("API_KEY"))
                .sorted()
                .findFirst();
    }

    private static void close(Agent agent) {
        try {
            agent.close();
        } catch (IOException e) {
            // The JVM is going.
        }
    }
}
