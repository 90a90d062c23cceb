package io.inferometer.harness.doctor;

import static io.inferometer.report.finding.Finding.inTheWay;
import static io.inferometer.report.finding.Finding.note;
import static io.inferometer.report.finding.Finding.unknown;
import static io.inferometer.report.finding.Finding.well;

import io.inferometer.annotations.Setting;
import io.inferometer.endpoint.SameMachine;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.harness.target.ChosenTransport;
import io.inferometer.harness.target.TargetSettingsOf;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.Simulators;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.HealthWatch;
import io.inferometer.instrument.Verdict;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.record.RequestTimeline;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.finding.Subject;
import io.inferometer.service.Providers;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * Looks at this machine, at the way to an endpoint, and at its answers to a few short requests, in this order; what could
 * only fail is not asked. For one thread.
 */
public final class Doctor {
    /** How long a machine is watched. */
    public static final Duration WATCHING = Duration.ofSeconds(1);

    private static final double NANOS_PER_MILLI = 1e6;
    /** As much of the processors by others shows in intervals; more by far is a limit of the verdict. */
    private static final double QUIET_SHARE = 0.25;

    /** An endpoint that takes longer for sixteen tokens is told as one that does not answer. */
    private static final String TIMEOUT = "30s";

    private final Plan plan;
    private final Trial trial;
    private final UnaryOperator<String> environment;
    private final Function<RequestTimeline, String> remedies;
    private final Duration watching;
    private final LongSupplier clock;
    private final UnaryOperator<String> redact;
    private final Consumer<Finding> told;
    private final List<Finding> all = new ArrayList<>();

    /**
     * @param plan of a run of {@link DoctorBinding}
     * @param environment a variable's value by its name, null where it is unset
     * @param remedies what to do about a request that failed; empty where it says so itself
     * @param watching how long the machine is watched
     * @param clock nanoseconds, monotonic
     * @param told is told each finding once it is known
     */
    public Doctor(
            Plan plan,
            UnaryOperator<String> environment,
            Function<RequestTimeline, String> remedies,
            Duration watching,
            LongSupplier clock,
            Consumer<Finding> told) {
        this.plan = plan;
        this.trial = plan.trials().get(0);
        this.environment = environment;
        this.remedies = remedies;
        this.watching = watching;
        this.clock = clock;
        this.redact = plan.secrets(environment)::redact;
        this.told = told;
    }

    /**
     * The plan of looking at an endpoint.
     *
     * @throws UsageException where it can't be done as asked
     */
    public static Plan plan(Options given, UnaryOperator<String> environment, Clock clock) {
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(given.settings());
        settings.putIfAbsent(Setting.TIMEOUT, List.of(TIMEOUT));
        boolean simulated = given.text(Setting.URL)
                .or(() -> given.text(Setting.BASE_URL))
                .orElse(EndpointAddress.SIMULATED)
                .startsWith(EndpointAddress.SIMULATED);
        if (simulated) {
            settings.putIfAbsent(Setting.MODEL, List.of("simulated"));
        }
        settings.put(Setting.NO_JOURNAL, List.of("true"));
        Options options =
                new Options(List.of(DoctorBinding.NAME), List.of(), settings, Map.of(), "", given.variables());
        return new Planner(Providers.of(List.of(new DoctorBinding())), environment, clock).plan(options);
    }

    /** How many requests for an answer are sent at the most. */
    public int mostRequests() {
        return protocol().generates() ? Questions.MOST : Questions.MOST - 1;
    }

    /** How many tokens of answer each of them asks for. */
    public static int tokensOfEach() {
        return Questions.TOKENS;
    }

    /** Looks at this machine, which takes as long as it is watched. */
    public void lookAtMachine() throws InterruptedException {
        new MachineFindings(Machine.read(Path.of("/")), Jvm.here(), environment)
                .all()
                .forEach(this::tell);
        watch();
    }

    /**
     * Looks at the endpoint, the simulated one as it is started for this.
     *
     * @return all that was found
     */
    public Findings lookAtEndpoint() throws InterruptedException {
        int sent = 0;
        try (Simulators simulators = new Simulators();
                Transport transport = ChosenTransport.of(plan.client().transport(), false, clock)) {
            String url = trial.endpoint().simulated()
                    ? simulators.url(trial.endpoint().profile())
                    : trial.endpoint().url();
            if (isReached()) {
                try (Target target = new Target(TargetSettingsOf.trial(trial, url, environment), transport, clock)) {
                    Questions questions = new Questions(target, trial.endpoint().protocol(), redact);
                    new AnswerFindings(trial, plan.client().transport(), target, questions, remedies)
                            .all()
                            .forEach(this::tell);
                    sent = questions.sent();
                }
            }
        } catch (IllegalArgumentException e) {
            if (!trial.endpoint().behindProxy()) {
                throw new UsageException(redact.apply(e.getMessage()));
            }
            tell(inTheWay(Subject.ANSWER, e.getMessage(), ""));
        } catch (HarnessException e) {
            tell(inTheWay(Subject.ANSWER, e.getMessage(), ""));
        }
        return new Findings(
                EndpointAddress.withoutSecrets(trial.endpoint().url()),
                protocol().word(),
                trial.everyRequest().model(),
                sent,
                all);
    }

    private WireProtocol protocol() {
        return WireProtocol.of(trial.endpoint().protocol());
    }

    private void tell(Finding finding) {
        Finding shown = finding.with(redact);
        all.add(shown);
        told.accept(shown);
    }

    private void watch() throws InterruptedException {
        Health health;
        try (HealthWatch watch = HealthWatch.start(clock)) {
            Thread.sleep(watching.toMillis());
            health = watch.end(new Health.Held(0, 0));
        }
        double late = health.hiccups().p99Nanos() / NANOS_PER_MILLI;
        String what = text(
                "a thread that sleeps wakes %.1f ms late (p99 of %,d)",
                late, health.hiccups().count());
        tell(
                late > Verdict.HICCUP_MILLIS
                        ? inTheWay(Subject.TIMER, what, "end what else runs here, or take a machine that is not shared")
                        : well(Subject.TIMER, what));
        busy(health.cpu().machineShare());
    }

    private void busy(double share) {
        if (Double.isNaN(share)) {
            tell(unknown(Subject.BUSY, "this platform does not tell what the processors do"));
            return;
        }
        String what = text("%.0f %% of the processors are in use", 100 * share);
        String remedy = "end what else runs here";
        if (share > Verdict.MACHINE_SHARE) {
            tell(inTheWay(Subject.BUSY, what, remedy));
        } else {
            tell(share > QUIET_SHARE ? note(Subject.BUSY, what, remedy) : well(Subject.BUSY, what));
        }
    }

    /** Whether requests can get there; of one that is simulated on this machine there is nothing to tell. */
    private boolean isReached() {
        if (trial.endpoint().simulated()) {
            return true;
        }
        if (trial.endpoint().behindProxy()) {
            tell(inTheWay(
                    Subject.PROXY,
                    "this JVM was told to reach the endpoint through a proxy",
                    "leave -Dhttps.proxyHost out where the endpoint can be reached without, or name its host in"
                            + " -Dhttp.nonProxyHosts"));
            return true;
        }
        URI uri = URI.create(trial.endpoint().url());
        boolean insecure = plan.client().transport().insecure();
        Reach reach = Reach.of(uri, insecure ? TrustAll.context() : ofJvm(), clock);
        ReachFindings way = new ReachFindings(
                reach,
                insecure,
                plan.client().transport().resolve() == Plan.Transport.Resolve.ALL,
                trial.endpoint().apiKeySet(),
                Instant.now());
        way.all().forEach(this::tell);
        if (way.open() && SameMachine.serves(uri)) {
            tell(note(
                    Subject.SAME_MACHINE,
                    "the endpoint is on this machine",
                    "give each a machine, or processors, of its own"));
        }
        return way.open();
    }

    private static SSLContext ofJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
