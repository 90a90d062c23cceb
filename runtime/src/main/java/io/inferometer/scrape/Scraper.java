package io.inferometer.scrape;

import io.inferometer.record.server.ServerReading;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.record.server.ServerTold;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads the pages of metrics of one trial's server, each by itself: one that does not answer holds up no other. What it reads
 * is told by threads of its own. Its methods are called by one thread, {@link #stop} by any.
 */
public final class Scraper implements AutoCloseable {
    private static final long EACH_MILLIS = 1_000;

    private final Gets gets = new Gets();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "inferometer-scrape-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Context context;
    private List<Replica> replicas = List.of();
    private ScheduledFuture<?> ticking;

    /**
     * What a scraper works with.
     *
     * @param tell takes what is learnt; called by several threads
     * @param clock nanoseconds, monotonic
     * @param origin the start of the run on that clock
     * @param redact takes out of a text what must not be shown
     */
    public record Context(Consumer<ServerRecord> tell, LongSupplier clock, long origin, UnaryOperator<String> redact) {}

    public Scraper(Context context) {
        this.context = context;
    }

    /**
     * Says what the servers of pages are, and reads these from then on.
     *
     * @param named pages that are known, each once however often it is named; those of another host than the endpoint's are
     *     sent none of its headers
     * @param own whether the page of the endpoint itself is read too, as the first, if it has one
     * @return why that is not read, in a line; empty where it is, or is not wanted
     */
    public Optional<String> open(List<URI> named, boolean own, Endpoint endpoint) throws InterruptedException {
        List<PageAddress> pages = new ArrayList<>();
        Optional<String> why = Optional.empty();
        if (own) {
            Found found = Found.beside(endpoint, gets, stopped);
            found.page().ifPresent(pages::add);
            why = found.why();
        }
        named.stream()
                .map(uri -> PageAddress.of(uri, endpoint))
                .filter(page -> pages.stream().noneMatch(page::same))
                .forEach(pages::add);
        replicas = IntStream.range(0, pages.size())
                .mapToObj(number -> new Replica(number, pages.get(number)))
                .toList();
        await(replicas.stream().map(Replica::introduce).toList());
        return why;
    }

    /** Makes sure that a page is one; else says why not, in a line. */
    public static Optional<String> check(URI uri, Endpoint endpoint) throws InterruptedException {
        try (Gets gets = new Gets()) {
            return Found.problem(PageAddress.of(uri, endpoint), gets);
        }
    }

    /** Reads all pages now, when nothing of the trial is in flight, and waits for them, 5 s at the most. */
    public void quiet() throws InterruptedException {
        read(true);
    }

    /** Reads all pages now, whatever is in flight, and waits for them, 5 s at the most. */
    public void read() throws InterruptedException {
        read(false);
    }

    private void read(boolean quiet) throws InterruptedException {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        replicas.forEach(replica -> asked.add(replica.ask(quiet)));
        await(asked);
    }

    /** Begins to read them each second. */
    public void begin() {
        if (ticking == null && !replicas.isEmpty()) {
            ticking = timer.scheduleAtFixedRate(
                    () -> replicas.forEach(Replica::tick), EACH_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends that. */
    public void pause() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void await(List<CompletableFuture<Void>> all) throws InterruptedException {
        Found.await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), stopped);
    }

    /** Waits for no page any more. */
    public void stop() {
        stopped.complete(null);
    }

    @Override
    public void close() {
        stop();
        timer.shutdownNow();
        gets.close();
    }

    /** One page. */
    private final class Replica {
        private final int number;
        private final PageAddress page;
        private volatile String engine = "";
        private volatile boolean asked;

        Replica(int number, PageAddress page) {
            this.number = number;
            this.page = page;
        }

        /** Tells what it is. */
        CompletableFuture<Void> introduce() {
            return gets.get(page, Found.ACCEPT)
                    .thenCompose(got -> {
                        List<Engine> engines =
                                Found.read(got).page().map(MetricsPage::engines).orElse(List.of());
                        engine = new MetricsPage(engines, Map.of()).engine();
                        return Configuration.of(page, engines, gets, context.redact());
                    })
                    .thenAccept(this::told);
        }

        private void told(Map<String, Object> configuration) {
            context.tell().accept(new ServerTold(number, context.redact().apply(page.shown()), engine, configuration));
        }

        void tick() {
            if (!asked) {
                ask(false);
            }
        }

        CompletableFuture<Void> ask(boolean quiet) {
            asked = true;
            long sent = context.clock().getAsLong();
            return gets.get(page, Found.ACCEPT).thenAccept(got -> {
                long middle = sent + (context.clock().getAsLong() - sent) / 2 - context.origin();
                asked = false;
                Found.Read read = Found.read(got);
                read.page().filter(told -> engine.isEmpty()).ifPresent(this::known);
                context.tell()
                        .accept(read.page()
                                .map(told -> new ServerReading(number, middle, quiet, told.values(), ""))
                                .orElseGet(() -> ServerReading.missed(
                                        number, middle, quiet, context.redact().apply(read.why()))));
            });
        }

        /** A page may have no metric of its engine before the first request. */
        private void known(MetricsPage told) {
            if (!told.engines().isEmpty()) {
                engine = told.engine();
                Configuration.of(page, told.engines(), gets, context.redact()).thenAccept(this::told);
            }
        }
    }
}
