package io.inferometer.cli;

import io.inferometer.cli.options.HelpOptions;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the simulated endpoint until the process is ended. */
@Command(
        name = "serve",
        sortOptions = false,
        customSynopsis = "java -jar JAR serve [OPTION...]",
        header = {
            "Starts the simulated endpoint, a server without a model, and serves until it is ended: chat",
            "completions, completions, responses, messages, embeddings, rerank, models, metrics. When it is",
            "ready it prints a line that ends in its URL.",
            ""
        },
        footer = {
            "",
            "Profiles:",
            "  metronome?ttft=50&itl=10    a first token after 50 ms, then one every 10 ms, whatever the load",
            "  b200-trt-tp4                gpt-oss-120b on 4 B200 under TensorRT-LLM, the slower the busier",
            "  b200-vllm-tp1, h200-vllm-tp2, h100-vllm-tp2, mi300x-vllm-tp4, mi355x-vllm-tp1",
            "                              the same on other accelerators under vLLM",
            "",
            "Engines read once what prompts have in common, while it is in the cache, in blocks of 16 tokens:",
            "  b200-trt-tp4?cache=unbounded     a cache that is never full; or a number of tokens",
            "  b200-trt-tp4?prefix_cache=false  every prompt is read whole",
            "  b200-trt-tp4?draft=3             3 tokens are drafted a step, acceptance=0.7 of them right",
            "  b200-trt-tp4?slower=1.1          accelerators that take a tenth longer",
            "",
            "Any profile takes reasoning=0.5 and cached=0.5, shares of the answer and of the prompt.",
            "",
            "Faults, by any profile's options fault and every, or by a request's header X-Fault; the words are in",
            "docs/simulated-faults.md:",
            "  metronome?fault=cut&every=10   every tenth answer is cut off",
            "  metronome?fault=mixed&every=4  all kinds of faults in turn",
            "",
            "Example:",
            "  java -jar JAR serve --port 8000 --profile 'metronome?ttft=50&itl=10' &",
            "  java -jar JAR --base-url http://127.0.0.1:8000"
        })
final class ServeCommand implements Subcommand {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "How it behaves. Default: metronome?ttft=50&itl=10.")
    private String profile = "metronome";

    @Option(names = "--port", paramLabel = "PORT", description = "The port; 0, the default, for any that is free.")
    private String port = "0";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The name or address to listen on. Default: 127.0.0.1, which only this machine reaches.")
    private String host = "127.0.0.1";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A model that it serves; others get a 404. May be repeated. Default: any.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--api-key-env",
            paramLabel = "VARIABLE",
            description =
                    "The NAME of the environment variable that holds the key that clients must send, in Authorization"
                            + " (Bearer or Api-Key), api-key or x-api-key.")
    private String apiKeyEnv = "";

    @Mixin
    private HelpOptions help;

    @Override
    public String summary() {
        return "start the simulated endpoint";
    }

    @Override
    public ExitCode run(CommandContext context) throws InterruptedException {
        SimulatedEndpoint.Settings settings = settings(context);
        if (!loopback()) {
            context.tell("warning: other machines can reach " + host
                    + (apiKeyEnv.isEmpty() ? ", without a key; --api-key-env VARIABLE asks for one" : ""));
        }
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(settings)) {
            SimulatedEndpoint.warmUp();
            context.out().println(endpoint.readyLine());
            context.out().flush();
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private SimulatedEndpoint.Settings settings(CommandContext context) {
        try {
            return SimulatedEndpoint.Settings.of(Profile.parse(profile))
                    .at(host, port())
                    .withApiKey(key(context))
                    .withModels(models);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private int port() {
        if (!port.matches("[0-9]{1,9}")) {
            throw new UsageException("--port " + port + " is not a number from 0 to 65535");
        }
        return Integer.parseInt(port);
    }

    private String key(CommandContext context) {
        if (apiKeyEnv.isEmpty()) {
            return "";
        }
        String key = context.environment().apply(apiKeyEnv);
        if (key == null || key.isBlank()) {
            throw new UsageException("the variable that --api-key-env names is not set");
        }
        return key;
    }

    private boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Told by the endpoint, which can't listen there.
            return true;
        }
    }
}
