package io.inferometer.harness.trial;

import io.inferometer.harness.target.TargetSettingsOf;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.scrape.Endpoint;
import io.inferometer.scrape.Scraper;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Watches a trial's server by its pages of metrics, where that is asked for; what is read goes into the run's log. */
public final class ServerWatch implements AutoCloseable {
    private final Optional<Scraper> scraper;

    private ServerWatch(Optional<Scraper> scraper) {
        this.scraper = scraper;
    }

    /**
     * Begins to watch, and says in the log what the server is.
     *
     * @param asked what requests are posted to
     * @param fork the fork whose log it goes into
     */
    static ServerWatch of(Trial trial, URI asked, int fork, RunContext run) throws InterruptedException {
        List<String> pages = trial.figures().serverMetrics();
        if (pages.isEmpty()) {
            return new ServerWatch(Optional.empty());
        }
        Scraper scraper = new Scraper(new Scraper.Context(
                learnt -> run.recorder().run(() -> run.log().server(trial.index(), fork, learnt)),
                run.clock(),
                run.origin(),
                run.redact()));
        boolean own = pages.contains(Trial.Figures.OWN_PAGE);
        scraper.open(named(trial), own, endpoint(trial, asked, run.insecure(), run.environment()))
                .ifPresent(why -> run.recorder()
                        .run(() -> run.log()
                                .notes(
                                        trial.index(),
                                        fork,
                                        List.of("--server-metrics auto: the endpoint has no page of metrics, "
                                                + run.redact().apply(why) + ": it is left out"))));
        return new ServerWatch(Optional.of(scraper));
    }

    /**
     * Watches the server of a trial that runs in forks, all the time until it is closed: nobody knows here when an iteration
     * begins.
     *
     * @param simulated the simulated endpoint that it sends to; empty for another
     */
    public static ServerWatch ofFork(Trial trial, int fork, Optional<String> simulated, RunContext run)
            throws InterruptedException {
        if (trial.endpoint().simulated() && simulated.isEmpty()) {
            return new ServerWatch(Optional.empty());
        }
        ServerWatch watch = of(trial, simulated.map(URI::create).orElseGet(() -> asked(trial)), fork, run);
        if (watch.scraper.isPresent()) {
            watch.scraper.get().read();
            watch.scraper.get().begin();
        }
        return watch;
    }

    /** The fork that was watched all the time has ended: what it did last is read too. */
    public void forkEnded() throws InterruptedException {
        if (scraper.isPresent()) {
            scraper.get().pause();
            scraper.get().read();
        }
    }

    /**
     * Makes sure that the pages that a plan names are pages.
     *
     * @throws UsageException if one is not
     */
    public static void check(Plan plan, UnaryOperator<String> environment) throws InterruptedException {
        Set<URI> known = new HashSet<>();
        for (Trial trial : plan.trials()) {
            for (URI page : named(trial)) {
                if (known.add(page)) {
                    Plan.Client client = trial.side().map(Trial.Side::client).orElse(plan.client());
                    URI asked = trial.endpoint().simulated() ? URI.create("http://simulated") : asked(trial);
                    Optional<String> why = Scraper.check(
                            page, endpoint(trial, asked, client.transport().insecure(), environment));
                    if (why.isPresent()) {
                        throw new UsageException("--server-metrics " + EndpointAddress.withoutSecrets(page.toString())
                                + " is no page of metrics: "
                                + plan.secrets(environment).redact(why.get()));
                    }
                }
            }
        }
    }

    private static List<URI> named(Trial trial) {
        return trial.figures().serverMetrics().stream()
                .filter(page -> !page.equals(Trial.Figures.OWN_PAGE))
                .map(URI::create)
                .toList();
    }

    private static URI asked(Trial trial) {
        return URI.create(trial.endpoint().url());
    }

    private static Endpoint endpoint(Trial trial, URI asked, boolean insecure, UnaryOperator<String> environment) {
        return new Endpoint(
                asked,
                TargetSettingsOf.trial(trial, asked.toString(), environment).headers(),
                insecure);
    }

    /** An iteration is about to begin; nothing is in flight. */
    void begin() throws InterruptedException {
        if (scraper.isPresent()) {
            scraper.get().quiet();
            scraper.get().begin();
        }
    }

    /**
     * It is over.
     *
     * @param whole whether it ran to its end, so that nothing is in flight
     */
    void end(boolean whole) throws InterruptedException {
        if (scraper.isPresent()) {
            scraper.get().pause();
            if (whole) {
                scraper.get().quiet();
            }
        }
    }

    /** Waits for no page any more. May be called by any thread. */
    public void stop() {
        scraper.ifPresent(Scraper::stop);
    }

    @Override
    public void close() {
        scraper.ifPresent(Scraper::close);
    }
}
