package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Failure;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.json.JsonReport;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.binding.Iterations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A run as a page shows it while it goes on: gathered in bounded room as the run is told, and looked at by any thread. Who
 * looks holds up who tells for no longer than it takes to copy what is drawn, and makes the JSON of the copy.
 */
public final class LiveRun implements Report {
    private static final int MOST_NOTES = 20;
    private static final int MOST_FAILURES = 100;
    /** Those of a page that is drawn anew each second. */
    private static final int MOST_POINTS = 400;

    private final LongSupplier clock;
    private final RunCourse course = new RunCourse(1);
    private final Map<List<Object>, LiveRow> rows = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Recent requests = new Recent();
    private final Recent tokens = new Recent();
    private RunHeader header;
    private TrialNames names;
    private TrialHeader trial;
    private LiveRow row;
    private LiveState state = LiveState.WAITING;
    private String text = "Nothing of the workload has been sent yet.";
    private boolean iterating;
    private boolean stopping;
    private long begun;
    private long done;
    private OptionalLong total = OptionalLong.empty();
    private OptionalLong inFlight = OptionalLong.empty();
    private RunReport result;
    private HtmlPage page;

    /** @param clock nanoseconds, monotonic */
    public LiveRun(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void runStarted(RunHeader run) {
        planned(run);
        trial = run.trials().get(0);
    }

    @Override
    public synchronized void planned(RunHeader run) {
        header = run;
        names = TrialNames.of(run);
        course.runStarted(run);
    }

    @Override
    public synchronized void preFlight(String line) {
        note("Pre-flight: " + line);
    }

    @Override
    public synchronized void note(String line) {
        if (notes.size() < MOST_NOTES) {
            notes.add(line);
        }
    }

    @Override
    public synchronized void problem(String line) {
        note(line);
    }

    @Override
    public synchronized void iterationStarted(TrialHeader of, boolean warmup, int iteration) {
        if (trial.index() != of.index() && !trial.besides(of)) {
            rows.values().forEach(LiveRow::freeze);
        }
        trial = of;
        row = rows.computeIfAbsent(List.of(of.index(), warmup), key -> new LiveRow(label(of), warmup));
        state = warmup ? LiveState.WARMUP : LiveState.MEASURING;
        Iterations all = warmup ? of.schedule().warmup() : of.schedule().measurement();
        boolean known = warmup || of.schedule().until().isEmpty();
        text = (warmup ? "Warm-up iteration " : "Iteration ")
                + (iteration + 1)
                + (known ? " of " + all.count() : "")
                + (header.trials().size() > 1 ? ", " + label(of) : "");
        iterating = true;
        begun = clock.getAsLong();
        done = 0;
        total = OptionalLong.empty();
        inFlight = OptionalLong.empty();
        requests.begin(begun);
        tokens.begin(begun);
    }

    private String label(TrialHeader of) {
        String told = names.label(of);
        return told.isEmpty() ? of.workload() : told;
    }

    @Override
    public synchronized void requestEnded(RequestRecord record, RequestMetrics metrics) {
        course.requestEnded(record, metrics);
        row.add(record, metrics);
        long now = clock.getAsLong();
        requests.add(now, 1);
        tokens.add(now, record.succeeded() ? metrics.tokens().output() : 0);
    }

    @Override
    public synchronized void progress(long ended, OptionalLong all, Duration elapsed) {
        done = ended;
        total = all;
    }

    @Override
    public synchronized void inFlight(int now) {
        inFlight = OptionalLong.of(now);
    }

    @Override
    public synchronized void iterationEnded(IterationReport iteration) {
        row.lasted(clock.getAsLong() - begun);
        iterating = false;
        inFlight = OptionalLong.empty();
        state = LiveState.BETWEEN;
        text = (iteration.warmup() ? "Warm-up iteration " : "Iteration ") + (iteration.iteration() + 1)
                + " has ended; what follows begins";
    }

    /** The run has been told to end early. */
    public synchronized void stopping() {
        stopping = true;
    }

    @Override
    public synchronized void runEnded(RunReport run) {
        result = run;
        run.trials()
                .forEach(of -> rows.computeIfAbsent(
                                List.of(of.header().index(), false), key -> new LiveRow(label(of.header()), false))
                        .settle(of.summary()));
        end(
                run.complete()
                        ? "The run has ended, and is complete."
                        : "The run has ended early: " + run.end().text() + ".");
    }

    /** The run has ended without a result, or before all was told of it; of several ends the first one counts. */
    public synchronized void broke(String why) {
        if (!ended()) {
            end("The run has failed: " + why);
        }
    }

    private void end(String how) {
        iterating = false;
        inFlight = OptionalLong.empty();
        state = LiveState.ENDED;
        text = how;
        notifyAll();
    }

    /** Whether the run has ended. */
    public synchronized boolean ended() {
        return state == LiveState.ENDED;
    }

    /** Waits for the end of the run, for some time at the most. */
    public synchronized void awaitEnd(Duration most) throws InterruptedException {
        long until = clock.getAsLong() + most.toNanos();
        for (long left = most.toNanos(); !ended() && left > 0; left = until - clock.getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** The page that shows it, which asks for all that it shows. */
    public static byte[] livePage() {
        return Page.live();
    }

    /** What a page shows now, as JSON on one line. */
    public byte[] now() {
        ObjectNode node;
        Optional<TrialCourse> drawn;
        synchronized (this) {
            node = told();
            drawn = course.copyOf(trial == null ? -1 : trial.index());
        }
        drawn.ifPresent(copy -> node.set("course", copy.json(MOST_POINTS)));
        return bytes(node);
    }

    /** What a page shows when the run has ended: the whole result where there is one. */
    public synchronized byte[] last() {
        ObjectNode node = told();
        page().ifPresent(whole -> node.set("page", whole.data()));
        return bytes(node);
    }

    /** The run as a file that can be passed on; empty where it has no result. */
    public synchronized Optional<byte[]> html() {
        return page().map(whole -> Page.of(whole.data()));
    }

    /** The native result; empty where there is none. */
    public synchronized Optional<byte[]> json() {
        return Optional.ofNullable(result).map(JsonReport::bytes);
    }

    private Optional<HtmlPage> page() {
        if (page == null && result != null) {
            page = HtmlReport.page(result, course);
        }
        return Optional.ofNullable(page);
    }

    private static byte[] bytes(ObjectNode node) {
        return Page.json(node).getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode told() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        long now = clock.getAsLong();
        ObjectNode live = node.putObject("live")
                .put("state", stopping && state != LiveState.ENDED ? "stopping" : state.label())
                .put("text", text)
                .put("done", done)
                .put("total", total.isPresent() ? total.getAsLong() : null)
                .put("inFlight", inFlight.isPresent() ? inFlight.getAsLong() : null);
        if (iterating) {
            live.put("elapsedMs", Numbers.millis(now - begun));
            rate(live, "requestsPerSecond", requests.perSecond(now));
            rate(live, "outputTokensPerSecond", tokens.perSecond(now));
        }
        if (trial != null) {
            node.put("title", trial.workload())
                    .put("model", trial.model())
                    .put("endpoint", trial.endpoint().url())
                    .put("startedAt", header.startedAt().toString())
                    .put("version", header.runner().version());
        }
        ArrayNode told = node.putArray("rows");
        rows.values().forEach(one -> told.add(one.json(iterating && one == row ? now - begun : 0)));
        live.put("row", row == null ? null : new ArrayList<>(rows.values()).indexOf(row));
        failures(node.putArray("failures"));
        ArrayNode lines = node.putArray("notes");
        notes.forEach(lines::add);
        return node;
    }

    private static void rate(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, Numbers.brief(value));
        }
    }

    private void failures(ArrayNode array) {
        rows.forEach((key, one) -> one.failures().stream()
                .limit(Math.max(0, MOST_FAILURES - array.size()))
                .forEach(failure -> failure(array.addObject().put("row", one.name()), failure)));
    }

    private static void failure(ObjectNode node, Failure failure) {
        node.put("outcome", failure.outcome().label())
                .put("status", failure.status() == 0 ? null : failure.status())
                .put("message", failure.message())
                .put("requests", failure.requests());
    }
}
