package io.inferometer.cli.options;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that give settings, a row each, in sections and in the order of the help. One of an option's
 * names is its setting's; the texts are kept as they are, for the plan to read.
 */
public final class SettingOptions {
    private static final String RESUME = "--resume";

    private static final Pattern WORDS = Pattern.compile("(-\\S+(?: -\\S+)*)(?: (.+))?");

    private SettingOptions() {}

    /** What is asked, and how it is addressed. */
    public static CommandSpec endpoint() {
        return section(
                option(
                        "--base-url --host URL",
                        "The base URL of the endpoint, or sim:PROFILE, the simulated one. The protocol's path, as"
                                + " /v1/chat/completions, is added as far as it is missing."),
                option("--url URL", "The whole URL that requests are posted to, as it is."),
                option("--path PATH", "The path of the API below the base URL."),
                option(
                        "--protocol NAME",
                        "What the endpoint is asked in: chat, completions, responses, messages, embeddings or rerank."
                                + " Default: that of the URL's path, or else chat."),
                option("--model NAME", "The model that is asked for."),
                option(
                        "--tokenizer NAME",
                        "Counts tokens where the endpoint does not: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o or gpt-oss."),
                option(
                        "--api-key-env VARIABLE",
                        "The NAME of the environment variable that holds the key. Without it no key" + " is sent."),
                option(
                        "--auth NAME",
                        "What carries the key: bearer or api-key-scheme in the Authorization header, or the name of a header"
                                + " that holds it alone. Default: x-api-key in messages, api-key at Azure OpenAI, else"
                                + " bearer."),
                repeated(
                        "--header 'NAME: VALUE'",
                        "A header of every request. $${VAR} in the value is read from the environment when the header"
                                + " is made. May be repeated."),
                option(
                        "--traceparent",
                        "Send each request as a trace of its own, by a W3C traceparent header whose trace id is in the"
                                + " journal."),
                option(
                        "--extra-body JSON",
                        "A JSON object that is merged into the body of every request. What is null in it is left out of"
                                + " the body."),
                option(
                        "--omit FIELD[,FIELD...]",
                        "Leave fields out of the body of every request, such as stream_options or ignore_eos, for"
                                + " endpoints that refuse them."),
                option(
                        "--length-field FIELD",
                        "The field that carries the longest answer: max_completion_tokens, max_tokens, or another."),
                option("--streaming", "Stream the answers, or not, whatever the workload asks for.")
                        .negatable(true),
                option("--timeout TIME", "How long a request may take, a stalled stream included. Default: 10m."),
                option("--gpus N", "How many GPUs the endpoint has: throughput is then told per GPU too."),
                option(
                        "--server-metrics URL[,URL...]",
                        "Read the Prometheus pages of the endpoint's servers, one for each replica, while it is measured:"
                                + " queue, cache, tokens by the server's count; auto is the endpoint's own page, if it has"
                                + " one."),
                option(
                        "--ready-timeout TIME",
                        "How long an endpoint that refuses connections, or answers 502 to 504, is waited for before the"
                                + " run. Default: not at all."),
                option(
                        "--no-preflight",
                        "Don't ask the endpoint one short thing before the run, which tells a wrong URL, key or model at"
                                + " once and is in no result."),
                option(
                        "--transport NAME",
                        "What moves the bytes: nio, our own, leaner; jdk, the JDK's HTTP client, which knows proxies; or"
                                + " auto, nio but where the JVM was told of a proxy. Default: auto."),
                option(
                        "--resolve WHICH",
                        "Which addresses of a host that has several connections go to: first, the one that answers, or"
                                + " all of them in turn (nio). Default: first."),
                option("--insecure", "Don't verify the endpoint's certificate. The result says so."));
    }

    /** How requests are sent. */
    public static CommandSpec load() {
        return section(
                option(
                        "--concurrency N[,N...]",
                        "A closed loop of N slots; each sends its next request the moment its last one ends."),
                option(
                        "--stagger TIME",
                        "A closed loop whose slots begin one after the other, evenly over TIME, and so are not in step."
                                + " Default: at one instant."),
                option("--rate N[,N...]", "An open loop: N requests per second, however many are in flight."),
                option(
                        "--speed X[,X...]",
                        "A replay goes X times as fast as it was recorded; --concurrency or --rate keep its order alone."),
                option(
                        "--max-idle TIME",
                        "Cut the gaps of a replay to TIME, in recorded time. Default: as long as they were."),
                option(
                        "--stages STAGES",
                        "Stages, each for its time, as the one measured iteration: of rates, '2/s 30s, 2..20/s 60s', or of"
                                + " slots, '4 30s, 4..64 60s'. Warm-up keeps its own load."),
                option("--all-at-once", "Release every request of an iteration at the same instant."),
                option(
                        "--arrivals NAME",
                        "How the starts of an open loop are spread: poisson (the default), constant, gamma or"
                                + " vllm-rescaled."),
                option(
                        "--burstiness N",
                        "Gamma arrivals of this shape: below 1 in bursts, 1 is poisson, above it more evenly."),
                option(
                        "--ramp-up-strategy NAME",
                        "An open loop whose rate rises with its requests: linear or exponential, from --ramp-up-start-rps"
                                + " to --ramp-up-end-rps."),
                option("--ramp-up-start-rps N", "The requests per second at which that begins."),
                option("--ramp-up-end-rps N", "The requests per second at which that ends."),
                option(
                        "--max-in-flight N",
                        "An open loop has N requests in flight at most: what arrives beyond is held back, keeps its time,"
                                + " and is told. Default: any number."),
                option(
                        "-u --users N",
                        "All at once, but N in flight at most: as one ends the next is sent, until none is left."
                                + " Default: all."),
                option("--spawn-rate N", "All at once, but beginning at N per second. Default: at one instant."));
    }

    /** How many iterations, and how long each is. */
    public static CommandSpec extent() {
        return section(
                option("-i --iterations N", "How many measured iterations."),
                option(
                        "--until GOALS",
                        "Go on with iterations until the 95 %% interval of each figure has such a half width: 'ttft.p99 5%%,"
                                + " tpot.mean 2%%'; -i is the least then, and 10 are. It is an exit code, 6, that one was not"
                                + " reached."),
                option(
                        "--at-most TIME",
                        "How long the iterations of a trial, and of each of its forks, go on for --until. Default: 10m."),
                option("-r --time TIME", "How long a measured iteration sends requests."),
                option("--requests N", "How many requests a measured iteration sends."),
                option("--requests-per-slot N", "The same for each slot of a closed loop."),
                option(
                        "--sessions N",
                        "How many sessions a measured iteration has, of a workload with a @Turn method."),
                option("-wi --warmup-iterations N", "How many warm-up iterations; 0 for none."),
                option("-w --warmup-time TIME", "How long a warm-up iteration sends requests."),
                option("--warmup-requests N", "How many requests a warm-up iteration sends."),
                option("--warmup-requests-per-slot N", "The same for each slot of a closed loop."),
                option("--warmup-sessions N", "How many sessions a warm-up iteration has."),
                option(
                        "--max-turns N",
                        "How many turns a session may have, and each of its children, before it is cut. Default: 1000."),
                option(
                        "--on-failed-turn WHAT",
                        "What becomes of a session behind a turn that failed: retry-none, it ends there, or skip, it goes on"
                                + " without the answer. Default: retry-none."),
                option(
                        "--run-time TIME",
                        "End the run then, whatever is left: nothing more is sent, what is in flight is given up."),
                option(
                        "--grace TIME",
                        "How long what is in flight has to end when the run is interrupted; a second Ctrl-C ends it at"
                                + " once. Default: 5s."),
                option("--pause TIME", "How long nothing is sent between two trials."),
                option(
                        "--no-client-warmup",
                        "Don't run the client's own code against a local metronome, for up to 5 s, before the first"
                                + " request."));
    }

    /** The loads that a search goes through. */
    public static CommandSpec searched() {
        CommandSpec loads = section(
                option("--rate FROM..TO", "Search the rate of an open loop, in requests per second: 1..64."),
                option(
                        "--concurrency FROM..TO",
                        "Search the slots of a closed loop: 1..512. A closed loop slows down with its endpoint, which hides"
                                + " a queue; a rate does not."));
        only(load(), Setting.ARRIVALS, Setting.BURSTINESS, Setting.MAX_IN_FLIGHT)
                .options()
                .forEach(loads::addOption);
        return loads;
    }

    /** How long the probes of a search are, and what is between them. */
    public static CommandSpec probes() {
        CommandSpec probes = section(
                option("-r --time TIME", "How long a window of a probe is. Default: 10s."),
                option(
                        "-w --warmup-time TIME",
                        "How long requests begin, at each load, before those that are judged, so that a queue shows."
                                + " Default: as long as a window."));
        only(extent(), Setting.RUN_TIME, Setting.GRACE, Setting.PAUSE, Setting.NO_CLIENT_WARMUP)
                .options()
                .forEach(probes::addOption);
        return probes;
    }

    /** In which client JVMs a trial runs. */
    public static CommandSpec forks() {
        return section(
                option(
                        "-f --forks N",
                        "Run each trial in N fresh client JVMs, one after the other, and take their results together."
                                + " Default: 0, in this JVM."),
                option(
                        "--members N",
                        "Share the load of each trial among N client JVMs of this machine that run at the same time, each of"
                                + " which sends every N-th request or has every N-th slot. Default: 1."),
                option(
                        "--on-lost-agent WHAT",
                        "What becomes of a run that loses a member: end, with what was measured until then, or continue with"
                                + " the load of the others; either way it is incomplete. Default: end."),
                option("-jvm JAVA", "The java command of the forks. Default: this JVM's."),
                option(
                        "-jvmArgs 'OPTION...'",
                        "The options of the forks' JVMs, as in '-Xmx1g -XX:+UseZGC'. Default: this JVM's."));
    }

    /** Who shares the load. */
    public static CommandSpec members() {
        return section(
                option(
                        "--agents HOST:PORT[,HOST:PORT...]",
                        "Run every fork on these agents, which share its load: processes of this jar that were started by"
                                + " its subcommand agent. dns:NAME:PORT is all that a name stands for."),
                option(
                        "--agents-expected N",
                        "Wait until N of them are there, for 60 s, or as long as is said behind a comma: 8,5m. Default: all"
                                + " that are named, at once."),
                option(
                        "--listen HOST:PORT",
                        "The address of this machine that agents reach. Default: the one that its way to the first agent"
                                + " begins at, and any port."));
    }

    /** What is drawn, and what counts as good enough. */
    public static CommandSpec judgement() {
        return section(
                option(
                        "--slo LIMITS",
                        "What a request must meet to count as goodput, in ms: ttft=200,tpot=20,e2el=3000 or some of"
                                + " them."),
                option(
                        "--max-failures SHARE",
                        "How many measured requests of a trial may fail before the exit code says so, such as 1%%."
                                + " Default: 0."),
                option("-foe", "End the run at the first measured request that fails.")
                        .arity("0..1")
                        .paramLabel("true|false"),
                option("--seed N", "The seed of everything that is drawn. Default: 0."),
                option(
                        "--same-prompts",
                        "Send the same prompts in all trials and forks, which an endpoint's prefix cache may then know."
                                + " Default: each has prompts of its own, of the same lengths."),
                option(
                        "--cache-marker WHOSE",
                        "Let prompts begin with words of their own, so that no earlier run's are found in a prefix cache: run,"
                                + " trial or none. Default: run for prompts that are made up to a length, whose first tokens"
                                + " they replace, and none for what was recorded."),
                option(
                        "--time-unit UNIT",
                        "The unit of the times in a file that is replayed: ns, us, ms, s, m or h. Default: that of its format."),
                option("--skip-bad-lines", "Pass over the lines of a file that can't be read, and count them."),
                option(
                        "--answers WHOSE",
                        "The answers that recorded conversations go on from: server, the endpoint's own, or recorded."
                                + " Default: server, but recorded where the file has calls of tools."),
                option(
                        "--steady-start",
                        "Enter the first session of each slot in the middle of its recorded run, at a random moment, behind one"
                                + " turn of warm-up."),
                option("--strict", "Make it an exit code, 4, that the client is suspect of having slowed itself down."),
                option(
                        "--calibrate WHEN",
                        "When to measure what the client itself adds to latencies, by replaying the load for a few"
                                + " seconds against a metronome on this machine: after (the default), before or off. The overhead"
                                + " subcommand of benchmarks.jar measures the client by itself."),
                option("--percentiles P[,P...]", "The percentiles that tables show. Default: 50,90,95,99."),
                option(
                        "--require REQUIREMENTS",
                        "What the run's figures have to be, by their 95 %% intervals: 'ttft.p99 <= 200ms, goodput >= 95%%'."
                                + " It is an exit code, 5, that one is not so, and 6 that it can't be told."));
    }

    /** Which result files are written. */
    public static CommandSpec results() {
        return section(
                repeated(
                        "-rf FORMAT",
                        "The format of a result file: json, summary, vllm, csv, batch, requests, prometheus, svg, html, junit or markdown; -lrf says what is in them."),
                repeated(
                        "-rff FILE",
                        "The result file; {timestamp} becomes the start of the run. -rf and -rff may be repeated as"
                                + " pairs."),
                option("--save-detailed", "Keep each answer's text, and requests one by one where a format can."),
                option("--force", "Replace files that exist."));
    }

    /** The same where only some formats have a place: a shell offers these. */
    public static CommandSpec results(Set<ResultFormat> taken) {
        CommandSpec section = CommandSpec.create();
        for (OptionSpec option : results().options()) {
            OptionSpec.Builder row = OptionSpec.builder(option);
            section.addOption(
                    option.longestName().equals(Options.name(Setting.RESULT_FORMAT))
                            ? row.completionCandidates(Choices.words(taken.toArray(ResultFormat[]::new)))
                                    .build()
                            : row.build());
        }
        return section;
    }

    /** Where each request is kept as it ends. */
    public static CommandSpec journal() {
        return section(
                option(
                        "--journal FILE",
                        "Where each request is kept as it ends, for the report subcommand. Default: the first result"
                                + " file's name and .journal.jsonl."),
                option("--no-journal", "Keep no journal."),
                option(
                        RESUME + " JOURNAL",
                        "Go on with the interrupted run of a journal, in its forks too: send what it has no record of, and"
                                + " nothing twice. All else must be given as it was; --force replaces the result that the"
                                + " interrupted run wrote, and never the journal."));
    }

    /** Where the text of a run goes, and how much of it there is. */
    public static CommandSpec console() {
        return section(
                option("-o FILE", "Write the console's text to a file."),
                option(
                        "-v MODE",
                        "How much is told: SILENT, NORMAL, or EXTRA with each failed request and stack traces."),
                option(
                        "--dialect NAME[,NAME...]",
                        "Tell the run in other tools' words too: vllm, bench_serving, guidellm, aiperf."));
    }

    /** The page that shows a run while it goes on. */
    public static CommandSpec live() {
        return section(
                option(
                                "--live [=PORT]",
                                "Show the run in a browser of this machine while it goes on, with a button that stops it: at a"
                                        + " free port, or as --live=8089 at that one. The address is told when the run begins.")
                        .arity("0..1")
                        .hideParamSyntax(true)
                        .preprocessor(new AttachedPort()),
                option(
                        "--live-open",
                        "Leave the token out of that address: whoever reaches the port of this machine sees the run, and can"
                                + " stop it."),
                option("--headless", "Show no such page, which is what happens without --live."));
    }

    /** What is asked of a job of the Batch API. */
    public static CommandSpec job() {
        return section(
                option(
                        "--requests N",
                        "How many requests of the WORKLOAD it has. Default: those of its measured iterations."),
                option("--seed N", "The seed of everything that is drawn. Default: 0."),
                option(
                        "--max-failures SHARE",
                        "How many of its requests may fail before the exit code says so, such as 1%%. Default: 0."));
    }

    /** Which result files a job writes. */
    public static CommandSpec jobResults() {
        return section(
                repeated("-rf FORMAT", "The format of the result file: json.").completionCandidates(List.of("json")),
                repeated("-rff FILE", "The result file; {timestamp} becomes the start of the job."),
                option("--force", "Replace files that exist."));
    }

    /** Where all that happens with a job is kept. */
    public static CommandSpec jobJournal() {
        return section(
                option(
                        "--journal FILE",
                        "Where all that happens with the job is kept, for --resume and the report subcommand. Default:"
                                + " the result file's name and .journal.jsonl."),
                option(
                        RESUME + " JOURNAL",
                        "Go on with the job of a journal. All else must be given as it was; --force replaces the result"
                                + " that was written, and never the journal."));
    }

    /** Whether a section has the option of a setting. */
    public static boolean has(CommandSpec section, Setting setting) {
        return section.findOption(Options.name(setting)) != null;
    }

    /** Some options of a section, in its order. */
    public static CommandSpec only(CommandSpec section, Setting... wanted) {
        List<String> names = Stream.of(wanted).map(Options::name).toList();
        return kept(section, option -> List.of(option.names()).stream().anyMatch(names::contains));
    }

    /** The options of a section but for one. */
    public static CommandSpec without(CommandSpec section, Setting unwanted) {
        return kept(section, option -> !List.of(option.names()).contains(Options.name(unwanted)));
    }

    private static CommandSpec kept(CommandSpec section, Predicate<OptionSpec> wanted) {
        CommandSpec some = CommandSpec.create();
        section.options().stream()
                .filter(wanted)
                .forEach(option -> some.addOption(OptionSpec.builder(option).build()));
        return some;
    }

    /** What a comparison computes otherwise than its runs did. */
    public static CommandSpec objective() {
        return section(option(
                "--slo LIMITS", "Compute goodput by these limits, in ms, whatever the runs' were: ttft=200,tpot=20."));
    }

    /** Which files hold what was judged. */
    public static CommandSpec sheets() {
        return section(
                repeated("-rf FORMAT", "The format of a file of what was judged: junit, markdown or html.")
                        .completionCandidates(List.of("junit", "markdown", "html")),
                repeated("-rff FILE", "That file. -rf and -rff may be repeated as pairs."),
                option("--force", "Replace files that exist."));
    }

    /** What a report computes otherwise than its run did. */
    public static CommandSpec figures() {
        return section(
                option(
                        "--slo LIMITS",
                        "Compute goodput by these limits, in ms, whatever the run's were: ttft=200,tpot=20."),
                option("--percentiles P[,P...]", "Show these percentiles, whatever the run showed: 50,99,99.9."));
    }

    /** Adds what a command was given. */
    public static void addTo(Options.Builder options, CommandSpec command) {
        ParseResult given = command.commandLine().getParseResult();
        for (Setting setting : Setting.values()) {
            Object value = given.matchedOptionValue(Options.name(setting), null);
            if (value instanceof List<?> texts) {
                texts.forEach(text -> options.set(setting, (String) text));
            } else if (value != null) {
                options.set(setting, value.toString());
            }
        }
        // An empty name, as of a variable that is not set, must not be taken for none.
        String journal = given.matchedOptionValue(RESUME, null);
        if (journal != null) {
            if (journal.isBlank()) {
                throw new UsageException(RESUME + " has no value");
            }
            options.resume(path(journal));
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException(RESUME + ": there is no file " + file);
        }
    }

    private static CommandSpec section(OptionSpec.Builder... rows) {
        CommandSpec section = CommandSpec.create();
        Stream.of(rows).map(OptionSpec.Builder::build).forEach(section::addOption);
        return section;
    }

    private static OptionSpec.Builder repeated(String words, String description) {
        return option(words, description).type(List.class).auxiliaryTypes(String.class);
    }

    /** An option by its names and, unless it is a flag, its value's, as the help shows them. */
    private static OptionSpec.Builder option(String words, String description) {
        Matcher parts = WORDS.matcher(words);
        parts.matches();
        List<String> names = List.of(parts.group(1).split(" "));
        OptionSpec.Builder option =
                OptionSpec.builder(names.toArray(String[]::new)).description(description);
        String label = parts.group(2);
        return label == null
                ? option.type(Boolean.class)
                : option.type(String.class).paramLabel(label).completionCandidates(choices(names));
    }

    /** The words that a value is one of; null, as picocli has it, where it is no word of a few. */
    private static List<String> choices(List<String> names) {
        return Stream.of(Setting.values())
                .filter(setting -> names.contains(Options.name(setting)))
                .map(Choices::of)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
