package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides what holds for a whole run, of which each of its workloads may say something: the most careful of them wins,
 * and where that has no meaning the first.
 */
final class RunResolution {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration AGENTS_WAIT = Duration.ofMinutes(1);
    private static final String LEANER = "the leaner one, and no proxy is on the way";
    private static final String PROXY = "this JVM is told to reach the endpoint through a proxy";

    private final List<Layers> workloads;
    private final List<EndpointAddress> endpoints;

    /**
     * @param workloads what each workload of the run is told, at least one
     * @param endpoints where its requests go
     */
    RunResolution(List<Layers> workloads, List<EndpointAddress> endpoints) {
        this.workloads = workloads;
        this.endpoints = endpoints;
    }

    Plan.Client client() {
        return new Plan.Client(
                !any(Setting.NO_CLIENT_WARMUP),
                said(Setting.CALIBRATE, given -> given.choice(Plan.Calibrate.class))
                        .findFirst()
                        .orElse(Plan.Calibrate.AFTER),
                any(Setting.NO_PREFLIGHT)
                        ? Optional.empty()
                        : Optional.of(
                                longest(Setting.READY_TIMEOUT, Given::time).orElse(Duration.ZERO)),
                transport());
    }

    Plan.Course course() {
        return new Plan.Course(
                longest(Setting.PAUSE, Given::time).orElse(Duration.ZERO),
                said(Setting.RUN_TIME, Given::time).min(Comparator.naturalOrder()),
                longest(Setting.GRACE, Given::timeOrNone).orElse(GRACE),
                any(Setting.FAIL_ON_ERROR),
                crew(),
                agents());
    }

    private Optional<Plan.Agents> agents() {
        Optional<Given> hosts = said(Setting.AGENTS, given -> given).findFirst();
        Optional<Given> expected = said(Setting.AGENTS_EXPECTED, given -> given).findFirst();
        Optional<Given> listen = said(Setting.LISTEN, given -> given).findFirst();
        if (hosts.isEmpty()) {
            expected.or(() -> listen).ifPresent(given -> {
                throw given.problem("there is no agent for it; --agents HOST:PORT names some");
            });
            return Optional.empty();
        }
        List<String> named = hosts.get().names();
        if (named.isEmpty()) {
            throw hosts.get().problem("no agent; give HOST:PORT");
        }
        String[] parts = expected.map(Given::text).orElse("").split(",", 2);
        return Optional.of(new Plan.Agents(
                named,
                expected.map(given -> OptionalInt.of(given.part("N", parts[0]).count(1)))
                        .orElse(OptionalInt.empty()),
                expected.isEmpty()
                        ? Duration.ZERO
                        : parts.length == 2
                                ? expected.get().part("TIME", parts[1]).time()
                                : AGENTS_WAIT,
                listen.map(given -> given.text().strip())));
    }

    private Plan.Crew crew() {
        List<Integer> members =
                each(Setting.MEMBERS, given -> given.count(1), 1).distinct().toList();
        if (members.size() > 1) {
            throw new UsageException(
                    "the workloads of a run share its members, and their numbers differ; give --members N");
        }
        return new Plan.Crew(
                members.get(0),
                said(Setting.ON_LOST_AGENT, given -> given.choice(Plan.OnLost.class))
                        .findFirst()
                        .orElse(Plan.OnLost.END));
    }

    Plan.Judgement judgement() {
        return new Plan.Judgement(
                each(Setting.MAX_FAILURES, Given::share, 0.0)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                said(Setting.PERCENTILES, Given::percentiles).findFirst().orElse(Plan.PERCENTILES),
                any(Setting.STRICT),
                said(Setting.REQUIRE, Given::requirements)
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                Optional.empty());
    }

    Plan.Console console() {
        return console(setting -> said(setting, given -> given).findFirst());
    }

    /** @param first what is given of a setting first */
    static Plan.Console console(Function<Setting, Optional<Given>> first) {
        return new Plan.Console(
                first.apply(Setting.VERBOSITY)
                        .map(given -> given.choice(Plan.Verbosity.class))
                        .orElse(Plan.Verbosity.NORMAL),
                first.apply(Setting.DIALECT).map(Given::names).orElse(List.of()),
                first.apply(Setting.OUTPUT).map(Given::path),
                live(first));
    }

    /** The page while the run goes on: what says that there is none counts against what says so in a lower layer. */
    private static Optional<Plan.Live> live(Function<Setting, Optional<Given>> first) {
        Optional<Given> none = first.apply(Setting.HEADLESS).filter(Given::flag);
        Optional<Given> live =
                first.apply(Setting.LIVE).filter(given -> given.port().isPresent());
        Optional<Given> open = first.apply(Setting.LIVE_OPEN).filter(Given::flag);
        for (Given page : Stream.concat(live.stream(), open.stream()).toList()) {
            if (none.isPresent() && page.layer() == none.get().layer()) {
                throw none.get()
                        .problem("there is no page then, and " + page.origin() + " asks for one; give one of them");
            }
        }
        if (none.isPresent()
                && live.stream()
                        .allMatch(given -> given.layer().compareTo(none.get().layer()) < 0)) {
            return Optional.empty();
        }
        if (live.isEmpty() && open.isPresent()) {
            throw open.get().problem("there is no page without --live; give that too");
        }
        return live.map(given -> new Plan.Live(given.port().orElseThrow(), open.isPresent()));
    }

    /** Whether a flag is set for any of the workloads. */
    boolean any(Setting flag) {
        return workloads.stream().anyMatch(layers -> layers.flag(flag));
    }

    private Plan.Transport transport() {
        Plan.Transport.Resolve resolve = said(Setting.RESOLVE, given -> given.choice(Plan.Transport.Resolve.class))
                .findFirst()
                .orElse(Plan.Transport.Resolve.FIRST);
        boolean insecure = any(Setting.INSECURE);
        Plan.Transport transport = switch (choice()) {
            case JDK -> new Plan.Transport(Plan.Transport.Kind.JDK, "", insecure, resolve);
            case NIO -> new Plan.Transport(Plan.Transport.Kind.NIO, "", insecure, resolve);
            case AUTO ->
                endpoints.stream().anyMatch(EndpointAddress::behindProxy)
                        ? new Plan.Transport(Plan.Transport.Kind.JDK, PROXY, insecure, resolve)
                        : new Plan.Transport(Plan.Transport.Kind.NIO, LEANER, insecure, resolve);
        };
        if (resolve == Plan.Transport.Resolve.ALL && transport.kind() == Plan.Transport.Kind.JDK) {
            throw new UsageException("--resolve all: "
                    + (transport.reason().isEmpty()
                            ? "java.net.http asks one address of a host alone; give --transport nio"
                            : "only the nio transport can, and it can't here: " + transport.reason()));
        }
        return transport;
    }

    private Plan.Transport.Choice choice() {
        List<Plan.Transport.Choice> choices = each(
                        Setting.TRANSPORT,
                        given -> given.choice(Plan.Transport.Choice.class),
                        Plan.Transport.Choice.AUTO)
                .distinct()
                .toList();
        if (choices.size() > 1) {
            throw new UsageException("the workloads of a run share one transport, and theirs differ; give --transport"
                    + " auto, jdk or nio");
        }
        return choices.get(0);
    }

    private Optional<Duration> longest(Setting setting, Function<Given, Duration> time) {
        return said(setting, time).max(Comparator.naturalOrder());
    }

    /** What is said of a setting, of each workload that says something. */
    private <T> Stream<T> said(Setting setting, Function<Given, T> value) {
        return workloads.stream()
                .flatMap(layers -> layers.first(setting).stream())
                .map(value);
    }

    /** What holds of a setting for each workload. */
    private <T> Stream<T> each(Setting setting, Function<Given, T> value, T otherwise) {
        return workloads.stream().map(layers -> layers.first(setting).map(value).orElse(otherwise));
    }
}
